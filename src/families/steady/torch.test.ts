/** What a small system takes with it to PyTorch. `scripts/torchCheck.ts` runs the programs. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../../test/leaks.ts';
import { changeSetting, presetExperiment } from '../../schema/experiment.ts';
import { initBackend } from '../../tf/backend.ts';
import * as tf from '../../tf/index.ts';
import { openPointWeights } from './network.ts';
import { steadyTorch } from './torch.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

interface Input {
  readonly points: readonly (readonly [number, number])[];
  readonly x?: readonly (readonly number[])[];
  readonly c?: readonly (readonly number[])[];
}

test('a system of random numbers goes with its x and c, and without a readout', async () => {
  const { experiment } = changeSetting(presetExperiment('steady-flow'), 'steady.samples', 3);
  using model = steadyTorch.open(experiment);
  expect(model.model).toMatchObject({ cell: 'tanh', width: 10, inputs: 4, readout: false });
  expect(Object.keys(await model.tensors()).sort()).toEqual(['U', 'W', 'Ws', 'b', 'bs']);
  const { x = [], c = [] } = model.input as unknown as Input;
  expect([x.length, x[0]?.length, c.length, c[0]?.length]).toEqual([3, 4, 3, 10]);
  const given = await model.problem.params['x']?.data();
  expect(x.flat()).toEqual(Array.from(given ?? []));
  const z = tf.ones([3, 10]);
  const loss = tf.tidy(() => model.problem.loss(model.problem.params, z));
  const [value = NaN] = await loss.data();
  expect(value).toBeCloseTo(
    c.flat().reduce((sum, one) => sum + one, 0),
    4,
  );
  tf.dispose([z, loss]);
});

test('a network that was trained goes with the points that it is shown, and drops back in', async () => {
  const file = new Uint8Array(readFileSync('public/models/steady-moons.safetensors'));
  using model = steadyTorch.open(presetExperiment('steady-skip'), file);
  expect(model.model).toMatchObject({ cell: 'tanh', width: 10, inputs: 2, readout: true });
  const { points } = model.input as unknown as Input;
  expect(points.map(([x, y]) => `(${x.toFixed(2)}, ${y.toFixed(2)})`)).toEqual(
    model.problem.samples.map((name) => name.slice(name.indexOf('('))),
  );
  const { network, params } = openPointWeights(await model.tensors());
  tf.dispose(params);
  expect(network).toEqual({ cell: 'tanh', width: 10 });
});
