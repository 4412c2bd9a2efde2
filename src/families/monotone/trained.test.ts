/** The weights that the page brings along, and training: accuracy, what is certified, uniqueness after every step. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../../test/leaks.ts';
import { decodeSafetensors } from '../../data/safetensors.ts';
import { solveForward, valueAndGradient } from '../../implicit/valueAndGradient.ts';
import { digitsFile, readDigits } from '../../inputs/digits.ts';
import type { SolverOptions } from '../../numerics/solver.ts';
import { initBackend } from '../../tf/backend.ts';
import * as tf from '../../tf/index.ts';
import { adamwInit, adamwUpdate } from '../../train/adamw.ts';
import { packGradient } from '../../train/packing.ts';
import { digitsTask, type DigitsTaskOptions } from './digitsTask.ts';
import { certificateOf } from './observe.ts';
import { openWeights, operatorOf, type DigitNetwork } from './parameters.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

const file = (): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync('public/models/monotone-digits.safetensors'));
const digits = await readDigits(new Uint8Array(readFileSync(`public/${digitsFile}`)));

const picard = (tolerance: number): SolverOptions => ({
  method: 'picard',
  tolerance,
  maxIterations: 200,
  stopMode: 'rel',
});

const taskOf = (network: DigitNetwork, more: Partial<DigitsTaskOptions> = {}) =>
  digitsTask(digits, {
    ...{ network, m: 1, gain: 1, seed: 3, batch: 16, shift: 1 },
    map: { name: 'peaceman-rachford', values: { alpha: 1 } },
    ...more,
  });

test('they tell at least 95 % of the held-out digits, by Peaceman–Rachford to 1e-4', async () => {
  const bytes = file();
  expect(bytes.length).toBeLessThan(350_000);
  const { metadata, tensors } = decodeSafetensors(bytes);
  expect(metadata['command']).toBe('node scripts/run.mjs scripts/trainDigits.ts');
  const { network, params } = openWeights(tensors);
  let [right, count] = [0, 0];
  for (const batch of taskOf(network).heldOut()) {
    const { z, status } = await solveForward(batch.problem(params), picard(1e-4));
    expect(status).toBe('converged');
    const { accuracy = NaN } = (await batch.measure?.(params, z)) ?? {};
    z.dispose();
    right += accuracy * batch.examples;
    count += batch.examples;
  }
  tf.dispose(params);
  expect(count).toBe(1000);
  expect(right / count).toBeGreaterThanOrEqual(0.95);
});

test.each([
  { cell: 'fc', units: 20 },
  { cell: 'conv', units: 2 },
] as const)(
  '$cell: training keeps the fixed point unique at every step, and learns',
  async (network) => {
    const task = taskOf(network, { m: 0.5, ...(network.cell === 'conv' ? { batch: 1 } : {}) });
    const operator = operatorOf(network, 0.5);
    let params = task.initialize(2);
    let state = adamwInit(params);
    const losses: number[] = [];
    for (let step = 0; step < (network.cell === 'conv' ? 2 : 12); step++) {
      using batch = task.batchAt(step);
      const { loss, gradients, forward, backward } = await valueAndGradient(batch.problem(params), {
        forward: picard(1e-3),
        gradient: { kind: 'implicit', solver: picard(1e-3) },
      });
      expect([forward?.status, backward?.status]).toEqual(['converged', 'converged']);
      tf.dispose([forward?.z ?? [], backward?.z ?? []]);
      losses.push(loss);
      const options = { learningRate: network.cell === 'conv' ? 1e-3 : 1e-2 };
      ({ params, state } = adamwUpdate(packGradient(params, gradients), state, params, options));
      const { certificate } = await certificateOf(operator, params);
      expect(certificate.smallest).toBeGreaterThanOrEqual(0.5 - 1e-4);
    }
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? NaN);
    tf.dispose([params, state.first, state.second]);
  },
);

test('a splitting’s adjoint gives the gradient that f’s own gives', async () => {
  const network = { cell: 'fc', units: 30 } as const;
  const tight = { ...picard(1e-6), method: 'anderson' } as const;
  const found: Record<string, Float32Array>[] = [];
  for (const map of [
    undefined,
    { name: 'forward-backward', values: { alpha: 0.3 } },
    { name: 'peaceman-rachford', values: { alpha: 1 } },
  ] as const) {
    const task = taskOf(network, { map, batch: 4 });
    const params = task.initialize(7);
    using batch = task.batchAt(0);
    const { gradients, forward, backward } = await valueAndGradient(batch.problem(params), {
      forward: tight,
      gradient: { kind: 'implicit', solver: tight },
    });
    const read: Record<string, Float32Array> = {};
    for (const [name, gradient] of Object.entries(gradients))
      read[name] = (await gradient.data()) as Float32Array;
    found.push(read);
    tf.dispose([gradients, params, forward?.z ?? [], backward?.z ?? []]);
  }
  const [own = {}, ...others] = found;
  for (const other of others)
    for (const [name, gradient] of Object.entries(own))
      for (const [i, value] of gradient.entries())
        expect(other[name]?.[i], `${name} ${i}`).toBeCloseTo(value, 4);
});

test('batches are a function of seed and step', async () => {
  const network = { cell: 'fc', units: 4 } as const;
  const params = taskOf(network).initialize(1);
  const first = async (seed: number, step: number): Promise<number[]> => {
    using batch = taskOf(network, { seed }).batchAt(step);
    const problem = batch.problem(params);
    const injection = tf.tidy(() => problem.inject(params));
    const values = Array.from(await injection.data());
    injection.dispose();
    return values;
  };
  const one = await first(3, 5);
  expect(await first(3, 5)).toEqual(one);
  expect(await first(3, 6)).not.toEqual(one);
  expect(await first(4, 5)).not.toEqual(one);
  tf.dispose(params);
});
