import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { plainMap } from '../numerics/flowMaps.ts';
import { iterate, type Standing } from '../numerics/iterate.ts';
import type { SolverOptions } from '../numerics/solver.ts';
import { initBackend } from '../tf/backend.ts';
import * as tf from '../tf/index.ts';
import { Replay } from './replay.ts';
import type { StateRows } from './stateRows.ts';

const never = new AbortController().signal;
const size = 6;
let weight: tf.Tensor2D;
let z0: tf.Tensor;
let before: number;

beforeEach(async () => {
  await initBackend('cpu');
  before = tf.memory().numTensors;
  const values = Float32Array.from({ length: size * size }, (_, i) => Math.sin(3 * i + 1) / 2);
  weight = tf.tensor<tf.Rank.R2>(values, [size, size]);
  z0 = tf.tensor(new Float32Array(size), [1, 1, size]);
});
afterEach(() => {
  tf.dispose([weight, z0]);
  expect(tf.memory().numTensors).toBe(before);
});

const f = (z: tf.Tensor): tf.Tensor =>
  tf.tidy(() =>
    tf.reshape(tf.tanh(tf.add(tf.matMul(tf.reshape(z, [1, size]), weight), 0.3)), z.shape),
  );
const map = plainMap(f, () => tf.clone(z0));
const rows: StateRows = { kind: 'samples', labels: ['one'], sizes: [size] };
const optionsOf = (method: SolverOptions['method']): SolverOptions => ({
  ...{ method, history: 3, tolerance: 1e-12, maxIterations: 14, stopMode: 'rel' },
});
const bits = (values: ArrayLike<number>): number[] => [
  ...new Uint32Array(Float32Array.from(values).buffer),
];

/** Every point that the solver itself went through, and its residuals. */
async function solved(
  options: SolverOptions,
): Promise<{ points: number[][]; residuals: number[] }> {
  const points: number[][] = [];
  const residuals: number[] = [];
  let standing: Standing | undefined;
  const iteration = iterate(f, z0, options, (given) => {
    standing = given;
  });
  for (let step = await iteration.next(); ; step = await iteration.next()) {
    if (step.done) {
      step.value.z.dispose();
      return { points, residuals };
    }
    const z = standing?.newest();
    points.push(bits((await z?.data()) ?? []));
    z?.dispose();
    residuals.push(step.value.abs[0] ?? NaN);
  }
}

describe.each(['picard', 'anderson', 'broyden'] as const)('of a %s solve', (method) => {
  test('a step and a step back is where it was, bit for bit, and so is Home and End', async () => {
    const { points } = await solved(optionsOf(method));
    const last = points.length - 1;
    using replay = new Replay({ map, z0, options: optionsOf(method) }, rows);
    const at = async (k: number): Promise<number[]> => {
      const state = await replay.state(k, never);
      const values = await state.data();
      state.dispose();
      return bits(values);
    };
    for (const k of [3, 4, 3, 4, 0, last, 0, last]) expect(await at(k)).toEqual(points[k]);
    expect(await at(3)).not.toEqual(await at(4));
  });

  test('the same solve twice is the same bits and the same records', async () => {
    expect(await solved(optionsOf(method))).toEqual(await solved(optionsOf(method)));
  });

  test('points that were thinned out are solved again, bit for bit', async () => {
    const { points } = await solved(optionsOf(method));
    // Room for five points, of which the two newest are never given up.
    using replay = new Replay({ map, z0, options: optionsOf(method) }, rows, {
      bytes: 5 * 4 * size,
      newest: 2,
    });
    await replay.upTo(points.length - 1, never);
    const kept = points.map((point, k) => bits(replay.point(k)).join() === point.join());
    expect(kept[0]).toBe(true);
    expect(kept.at(-1)).toBe(true);
    expect(kept).toContain(false);
    for (const [k, point] of points.entries()) {
      const state = await replay.state(k, never);
      expect(bits(await state.data())).toEqual(point);
      state.dispose();
    }
  });
});
