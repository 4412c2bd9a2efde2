import { beforeAll, describe, expect, test } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { openToy } from '../../test/toy.ts';
import { initBackend } from '../tf/backend.ts';
import * as tf from '../tf/index.ts';
import { openProducts, denseBlocks, type Trial } from './products.ts';
import { gmres } from './newtonGmres/gmres.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

/** z ↦ z² A + b, whose Jacobian is 2 diag(z) A: not symmetric. */
const a = [
  [0.5, -0.3, 0.1],
  [0.2, 0.4, 0.7],
  [-0.6, 0.3, 0.2],
];
const square = (z: tf.Tensor): tf.Tensor2D =>
  tf.matMul(tf.square(z as tf.Tensor2D), tf.tensor<tf.Rank.R2>(a));

describe('products with the Jacobian', () => {
  test.each([
    ['pullback', 1e-6],
    ['difference', 1e-4],
  ] as const)('forward, by %s', async (by, within) => {
    const z = tf.tensor<tf.Rank.R2>([
      [1, 2, -1],
      [0.5, 0, 3],
    ]);
    const v = tf.tensor<tf.Rank.R2>([
      [1, 0, 2],
      [-1, 4, 0.5],
    ]);
    const products = await openProducts(square, z, by);
    expect(products.by).toBe(by);
    const jv = tf.tidy(() => products.jvp(v));
    const exact = tf.tidy(() =>
      tf.matMul(tf.mul<tf.Tensor2D>(tf.mul(z, v), 2), tf.tensor<tf.Rank.R2>(a)),
    );
    const [found, right] = [await jv.data(), await exact.data()];
    for (const [i, value] of right.entries())
      expect(Math.abs((found[i] ?? NaN) - value)).toBeLessThan(within * 10);
    products[Symbol.dispose]();
    tf.dispose([z, v, jv, exact]);
  });

  test('through tanh, the pullback of the pullback is the derivative', async () => {
    using toy = openToy(0.6);
    const z = tf.fill<tf.Rank.R2>([2, 8], 0.3);
    const f = (x: tf.Tensor2D): tf.Tensor2D => toy.f(x) as tf.Tensor2D;
    const exact = await openProducts(f, z);
    const differences = await openProducts(f, z, 'difference');
    const gap = tf.tidy(() => {
      const v = tf.tensor<tf.Rank.R2>([[1, 2, 3, 4, 5, 6, 7, 8], Array<number>(8).fill(1)]);
      return tf.max(tf.abs(tf.sub(exact.jvp(v), differences.jvp(v))));
    });
    expect(exact.by).toBe('pullback');
    expect((await gap.data())[0]).toBeLessThan(3e-3);
    tf.dispose([gap, z]);
    exact[Symbol.dispose]();
    differences[Symbol.dispose]();
  });

  test('by pullback are tried once, where there is something to try', async () => {
    const trial: Trial = {};
    for (const [at, shown] of [
      [0, undefined],
      [1, true],
    ] as const) {
      const z = tf.fill<tf.Rank.R2>([1, 3], at);
      const products = await openProducts(square, z, 'pullback', trial);
      expect([products.by, trial.pullsTwice]).toEqual(['pullback', shown]);
      products[Symbol.dispose]();
      z.dispose();
    }
    const z = tf.ones<tf.Rank.R2>([1, 3]);
    const products = await openProducts(square, z, 'pullback', { pullsTwice: false });
    expect(products.by).toBe('difference');
    products[Symbol.dispose]();
    z.dispose();
  });

  test('dense, by rows and by columns', async () => {
    const z = tf.tensor<tf.Rank.R2>([
      [1, 2, -1],
      [0.5, 0, 3],
    ]);
    const products = await openProducts(square, z);
    const rest = async (): Promise<void> => Promise.resolve();
    const rows = await denseBlocks(products, [2, 3], rest);
    const columns = await denseBlocks({ jvp: (v) => products.jvp(v) }, [2, 3], rest);
    const points = await z.array();
    for (const [sample, block] of rows.entries())
      for (let i = 0; i < 3; i++)
        for (let j = 0; j < 3; j++) {
          // ∂f_i/∂z_j = 2 z_j A_ji.
          const right = 2 * (points[sample]?.[j] ?? NaN) * (a[j]?.[i] ?? NaN);
          expect(block[3 * i + j]).toBeCloseTo(right, 5);
          expect(columns[sample]?.[3 * i + j]).toBeCloseTo(right, 5);
        }
    products[Symbol.dispose]();
    z.dispose();
  });
});

describe('GMRES', () => {
  const matrix = [
    [2, -1, 0],
    [0.5, 1, 3],
    [-1, 0, 1],
  ];
  const times = (v: tf.Tensor2D): tf.Tensor2D => tf.matMul(v, tf.tensor<tf.Rank.R2>(matrix));

  test('solves in as many products as there are numbers', async () => {
    const b = tf.tensor<tf.Rank.R2>([[1, 2, 3]]);
    const found = await gmres(times, b, { iterations: 10, tolerance: 1e-6 });
    expect(found.iterations).toBe(3);
    expect(found.residual).toBeLessThan(1e-6);
    const back = tf.tidy(() => times(found.x));
    for (const [i, value] of (await back.data()).entries()) expect(value).toBeCloseTo(i + 1, 4);
    tf.dispose([b, back, found.x]);
  });

  test('says so where the system has no answer, and gives the right side', async () => {
    const b = tf.tensor<tf.Rank.R2>([[1, 2, 3]]);
    const found = await gmres((v) => tf.zerosLike(v), b, { iterations: 10, tolerance: 1e-6 });
    expect(found.singular).toBe(true);
    expect(await found.x.data()).toEqual(await b.data());
    tf.dispose([b, found.x]);
  });
});
