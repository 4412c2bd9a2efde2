import type { EquilibriumProblem } from '../src/implicit/problem.ts';
import * as tf from '../src/tf/index.ts';
import { param } from '../src/tf/params.ts';

/**
 * Two 8-dimensional problems on which every peer system was run in float64:
 * `R_ij = sin(3.1 i² + 7.3 j² + 1.9 i j + .37)`, `x_bi = .5 cos(b + .3 i)`,
 * `f(z) = tanh(z Wᵀ + x)` with W = .45 R (C, Picard converges) and .60 R (D, Picard does not).
 * For tests.
 */
export function openToy(scale: number): Disposable & {
  readonly f: (z: tf.Tensor) => tf.Tensor;
  readonly w: tf.Tensor;
  readonly x: tf.Tensor;
  readonly z0: tf.Tensor;
} {
  const grid = (rows: number, entry: (i: number, j: number) => number): number[][] =>
    Array.from({ length: rows }, (_, i) => Array.from({ length: 8 }, (__, j) => entry(i, j)));
  const w = tf.tensor<tf.Rank.R2>(
    grid(8, (i, j) => scale * Math.sin(3.1 * i * i + 7.3 * j * j + 1.9 * i * j + 0.37)),
  );
  const x = tf.tensor(grid(2, (b, i) => 0.5 * Math.cos(b + 0.3 * i)));
  const z0 = tf.zeros([2, 8]);
  return {
    f: (z) => tf.tanh(tf.add(tf.matMul(z as tf.Tensor2D, w, false, true), x)),
    w,
    x,
    z0,
    [Symbol.dispose]: () => {
      tf.dispose([w, x, z0]);
    },
  };
}

/** A toy problem with the loss `.5 Σ z*²`, whose one parameter is W. Borrows the toy. */
export const toyProblem = (toy: ReturnType<typeof openToy>): EquilibriumProblem => ({
  params: { w: toy.w },
  inject: () => tf.clone(toy.x),
  f: (p, x, z) =>
    tf.tanh(tf.add(tf.matMul(z as tf.Tensor2D, param(p, 'w') as tf.Tensor2D, false, true), x)),
  loss: (_, z) => tf.mul(tf.sum(tf.square(z)), 0.5),
  initialState: () => tf.zeros([2, 8]),
});
