import { expect, test } from 'vitest';
import { experiment } from '../../../test/engineWire.ts';
import { openEngine } from '../../../test/trainingSuite.ts';
import { decodeSafetensors } from '../../data/safetensors.ts';
import type { EngineEvent } from '../../engine/protocol/protocol.ts';
import { solveMap } from '../../numerics/iterateMap.ts';
import { withStart } from '../../implicit/start.ts';
import * as tf from '../../tf/index.ts';
import { openSystem } from './open.ts';

const setup = experiment({
  ...{ 'problem.family': 'steady', 'steady.width': 8, 'steady.gain': 0.5 },
  ...{ 'steady.rotation': 60, 'steady.input': 1, 'train.schedule': 'constant' },
  ...{ 'solver.method': 'picard', 'solver.start': 'learned', 'train.skipWeight': 1 },
  ...{ 'train.batch': 32, 'train.steps': 20, 'train.warmup': 0, 'train.learningRate': 3e-2 },
  ...{ 'train.validateEvery': 10, 'train.spectrumEvery': 0, 'train.jacobianWeight': 0 },
});

type Looked = Extract<EngineEvent, { readonly event: 'looked' }>;

test('points are told apart, from a start that is learnt; resumed bit for bit; its file is solved in the Solve view', async () => {
  const { engine, records, events } = await openEngine('cpu');
  const { data } = await engine.openTraining(setup, undefined);
  expect([data.learnt, data.heldOut, data.metrics.map(({ name }) => name)]).toEqual([
    500,
    100,
    ['accuracy', 'skip'],
  ]);
  await engine.train(10);
  const file = await engine.saveTraining();
  await engine.train();
  const whole = records.map(({ loss }) => loss);
  const [half, last] = records.filter(({ validation }) => validation !== undefined);
  expect(last?.heldOut?.['accuracy']).toBeGreaterThan(0.8);
  expect(last?.validation).toBeLessThan(0.6 * Math.LN2);
  expect(last?.metrics?.['skip']).toBeLessThan(0.5 * (records[0]?.metrics?.['skip'] ?? 0));
  expect(last?.heldOut?.['skip']).toBeLessThan(half?.heldOut?.['skip'] ?? 0);
  // What the start saves grows.
  const saved = (record: typeof last): number =>
    (record?.start?.fromZeros ?? NaN) - (record?.start?.evaluations ?? NaN);
  expect(saved(last)).toBeGreaterThan(saved(half));
  expect(last?.start?.evaluations).toBeLessThan(0.95 * (last?.start?.fromZeros ?? 0));

  const looked = events.filter((event): event is Looked => event.event === 'looked');
  expect(looked.map(({ step }) => step)).toEqual([0, 10, 20]);
  const [plane] = looked.at(-1)?.observations ?? [];
  if (plane?.kind !== 'plane') throw new Error('no plane');
  const right = plane.points.filter((point) => point.right).length / plane.points.length;
  expect(right).toBeCloseTo(last?.heldOut?.['accuracy'] ?? NaN, 1);

  const model = await engine.exportModel();
  expect(Object.keys(decodeSafetensors(model).tensors).sort()).toEqual(
    ['U', 'W', 'Ws', 'b', 'bs', 'readout.bias', 'readout.weight'].sort(),
  );
  using solved = openSystem({ ...setup, steady: { ...setup.steady, weights: 'trained' } }, model);
  const map = solved.maps.plain();
  const { z, projected } = await solveMap(map, {
    ...{ method: 'anderson', maxIterations: 60, tolerance: 1e-4, stopMode: 'rel' },
  });
  const [classes] = await solved.observe(projected);
  if (classes?.kind !== 'classes') throw new Error('no classes');
  expect(classes.probability).toHaveLength(setup.steady.samples);
  const [near = NaN, far = NaN] = await Promise.all(
    (['learned', 'zeros'] as const).map(async (rule) => {
      const way = tf.tidy(() =>
        tf.sum(tf.square(tf.sub(withStart(solved, rule).initialState(), projected))),
      );
      const [length] = await way.data();
      way.dispose();
      return length;
    }),
  );
  expect(near).toBeLessThan(0.6 * far);
  tf.dispose([z, projected]);
  map.dispose?.();

  records.length = 0;
  await engine.openTraining(setup, undefined, file);
  await engine.train();
  expect(records.map(({ loss }) => loss)).toEqual(whole.slice(10));
  engine.dispose();
});
