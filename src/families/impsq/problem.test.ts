/** A drawn network on a grid of places: its equilibrium is the direct solve's; W's bound, its gradient and the loss by their definitions. */
import { beforeAll, expect, test } from 'vitest';
import { largestGap } from '../../../test/familyGolden.ts';
import { failOnLeaks } from '../../../test/leaks.ts';
import { solveMap } from '../../numerics/iterateMap.ts';
import { initBackend } from '../../tf/backend.ts';
import * as tf from '../../tf/index.ts';
import { biasOf, injected } from './cell.ts';
import { directSolve } from './directSolve.ts';
import { drawParameters, pictureParameters, type PictureNetwork } from './network.ts';
import { pictureLoss, pictureProblem, placesOf } from './problem.ts';
import { bounded, largestSingular, weightBound } from './spectralBound.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

const floats = async (t: tf.Tensor): Promise<Float32Array> => (await t.data()) as Float32Array;

test('middles of the cells of a grid, across and down, and of some of its rows', () => {
  const half = { rows: 1, columns: 2 };
  expect(placesOf(2, [1])).toEqual({ x: Float32Array.of(-0.5, 0.5, 0.5, 0.5), ...half });
  expect([...placesOf(2).x]).toEqual([-0.5, 0.5, -0.5, 0.5, -0.5, -0.5, 0.5, 0.5]);
});

test.each(['fourier', 'gabor'] as const)(
  '%s: plain steps of a bounded network end at the direct solve',
  async (filter) => {
    const network: PictureNetwork = { filter, width: 6, layers: 2, channels: 3 };
    const params = drawParameters(network, 5, { scale: 24 });
    const again = drawParameters(network, 5, { scale: 24 });
    for (const { name, shape } of pictureParameters(network)) {
      expect(params[name]?.shape, name).toEqual(shape);
      const [one, other] = [params[name] as tf.Tensor, again[name] as tf.Tensor];
      expect(await floats(one), name).toEqual(await floats(other));
    }
    const places = placesOf(4, [0, 2]);
    const problem = pictureProblem({
      cell: { filter, layers: 2, norm: 'spectral' },
      ...{ params, width: 6, places, sample: 'a picture' },
      loss: pictureLoss(new Float32Array(3 * 8), 3, places),
    });
    const map = problem.maps.plain();
    const { z, projected } = await solveMap(map, {
      ...{ method: 'picard', maxIterations: 200, tolerance: 1e-7, stopMode: 'rel' },
    });
    expect(z.shape[0]).toBe(1);
    const [own, first, second, w0, w1] = tf.tidy(() => {
      const parts = injected({ layers: 2 }, problem.inject(params), 6, 8);
      return [parts.own, ...parts.filters, ...parts.weights];
    }) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    const layers = [
      [first, w0],
      [second, w1],
    ] as const;
    const solution = directSolve({
      ...{ width: 6, places: 8, own: await floats(own) },
      layers: await Promise.all(
        layers.map(async ([wave, weight], l) => ({
          filter: await floats(wave),
          weight: await floats(weight),
          bias: await floats(params[biasOf(l)] as tf.Tensor),
        })),
      ),
    });
    expect(Math.max(...solution.map(Math.abs))).toBeGreaterThan(0.1);
    expect(largestGap(await floats(z), [...solution])).toBeLessThan(2e-5);
    map.dispose?.();
    tf.dispose([params, again, z, projected, own, first, second, w0, w1]);
  },
);

test('the largest singular value, its gradient u vᵀ, and weights scaled down to the bound only where they are longer', async () => {
  // Rotations of 0.6 and 0.8 about diag(3, 1): u = (0.6, 0.8), v = (0.8, 0.6).
  const [u, v, p, q] = [
    [0.6, 0.8],
    [0.8, 0.6],
    [-0.8, 0.6],
    [-0.6, 0.8],
  ] as const;
  const values = [0, 1].flatMap((i) =>
    [0, 1].map((k) => 3 * (u[i] ?? 0) * (v[k] ?? 0) + (p[i] ?? 0) * (q[k] ?? 0)),
  );
  const w = tf.tensor(values, [2, 2]);
  const short = tf.tensor([0.5, 0, 0, 0.2], [2, 2]);
  const zero = tf.zeros([2, 2]);
  const made = tf.tidy(() => ({
    sigma: largestSingular(w),
    slope: tf.grad((t: tf.Tensor) => tf.sum(largestSingular(t)))(w),
    long: largestSingular(bounded(w)),
    kept: bounded(short),
    none: bounded(zero),
  }));
  expect((await floats(made.sigma))[0]).toBeCloseTo(3, 5);
  const outer = u.flatMap((a) => v.map((b) => a * b));
  expect(largestGap(await floats(made.slope), outer)).toBeLessThan(1e-5);
  expect((await floats(made.long))[0]).toBeCloseTo(weightBound, 5);
  expect(await floats(made.kept)).toEqual(Float32Array.of(0.5, 0, 0, 0.2));
  expect(await floats(made.none)).toEqual(new Float32Array(4));
  tf.dispose([w, short, zero, made]);
});

test('the loss takes a pixel’s colour as the mean of its places', async () => {
  const params = {
    'readout.weight': tf.tensor([1], [1, 1]),
    'readout.bias': tf.tensor([0.5], [1]),
  };
  const z = tf.tensor(
    Array.from({ length: 16 }, (_, i) => i),
    [1, 1, 4, 4],
  );
  // Means of the four blocks of 2 × 2 are 2.5, 4.5, 10.5 and 12.5; the bias adds a half.
  const loss = pictureLoss(Float32Array.of(3, 5, 11, 11), 1, placesOf(4), 2);
  const found = tf.tidy(() => loss(params, z));
  expect((await floats(found))[0]).toBeCloseTo(1, 5);
  tf.dispose([params, z, found]);
});
