import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { initBackend } from '../tf/backend.ts';
import * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';
import { adamwInit, adamwUpdate, clipFactor, gradientNorm } from './adamw.ts';
import { packGradient } from './packing.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

const values: Record<string, { shape: number[]; data: number[] }> = {
  bias: { shape: [2], data: [0.5, -0.25] },
  weight: { shape: [2, 3], data: [1, -2, 3, -4, 5, -6] },
  contentBias: { shape: [1, 2], data: [0.1, 0.2] },
};
const slopes: Record<string, number[]> = {
  bias: [0.3, -0.1],
  weight: [0.2, 0.4, -0.6, 0.8, -1, 1.2],
  contentBias: [2, -3],
};
const make = (pick: (name: string) => number[]): Params =>
  Object.fromEntries(
    Object.entries(values).map(([name, { shape }]) => [name, tf.tensor(pick(name), shape)]),
  );

/** Algorithm 2 of Loshchilov and Hutter 2019, number by number. */
function reference(updates: number, clip: number): Record<string, number[]> {
  const [rate, decay, b1, b2, epsilon] = [0.01, 0.1, 0.9, 0.999, 1e-8];
  const norm = Math.sqrt(
    Object.values(slopes)
      .flat()
      .reduce((sum, g) => sum + g * g, 0),
  );
  const scale = clip > 0 ? Math.min(1, clip / norm) : 1;
  return Object.fromEntries(
    Object.entries(values).map(([name, { data }]) => {
      const decayed = name === 'weight' ? decay : 0;
      const moved = data.map((start, i) => {
        const g = (slopes[name]?.[i] ?? NaN) * scale;
        let [w, m, v] = [start, 0, 0];
        for (let t = 1; t <= updates; t++) {
          m = b1 * m + (1 - b1) * g;
          v = b2 * v + (1 - b2) * g * g;
          const step = m / (1 - b1 ** t) / (Math.sqrt(v / (1 - b2 ** t)) + epsilon);
          w = w - rate * decayed * w - rate * step;
        }
        return w;
      });
      return [name, moved];
    }),
  );
}

test.each([0, 1])('three updates are those of the paper, clipped at %d', async (clip) => {
  let params = make((name) => values[name]?.data ?? []);
  let state = adamwInit(params);
  for (let i = 0; i < 3; i++) {
    const gradient = packGradient(
      params,
      make((name) => slopes[name] ?? []),
    );
    const factor = clipFactor(await gradientNorm(gradient), clip);
    const options = { learningRate: 0.01, weightDecay: 0.1, factor };
    ({ params, state } = adamwUpdate(gradient, state, params, options));
  }
  expect(state.step).toBe(3);
  const expected = reference(3, clip);
  for (const [name, tensor] of Object.entries(params)) {
    expect(tensor.shape).toEqual(values[name]?.shape);
    for (const [i, value] of Array.from(await tensor.data()).entries())
      expect(value, name).toBeCloseTo(expected[name]?.[i] ?? NaN, 5);
  }
  tf.dispose([params, state.first, state.second]);
});

test('the norm is over all parameters', async () => {
  const params = make((name) => values[name]?.data ?? []);
  const gradient = packGradient(
    params,
    make((name) => slopes[name] ?? []),
  );
  const expected = Math.hypot(...Object.values(slopes).flat());
  expect(await gradientNorm(gradient)).toBeCloseTo(expected, 5);
  tf.dispose([params, gradient]);
});

test.each([1e25, 1e-25])('the norm of a gradient of size %d is right', async (size) => {
  const gradient = tf.tensor1d([3 * size, -4 * size]);
  expect((await gradientNorm(gradient)) / size).toBeCloseTo(5, 5);
  gradient.dispose();
});
