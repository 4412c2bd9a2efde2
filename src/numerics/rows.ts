/** Products over the long axis that solvers need, for every sample at once. */
import { fusedOn } from '../tf/fused.ts';
import * as tf from '../tf/index.ts';
import { computeOne } from '../tf/programs.ts';
import { parts } from './fused/settings.ts';

/** `Σ_n rows[b, r, n] y[b, n]` as `[batch, r]`. Call inside a tidy. */
export function rowProducts(rows: tf.Tensor3D, y: tf.Tensor2D): tf.Tensor2D {
  const [batch, r, n] = rows.shape;
  if (!fusedOn())
    return tf.reshape(tf.matMul(tf.expandDims<tf.Tensor3D>(y, 1), rows, false, true), [batch, r]);
  const partial = computeOne({
    key: 'row products',
    reads: { rows: [rows, 1], y: [y, 1] },
    sizes: { r, n, total: batch * r * parts },
    result: [[batch * r, parts], 1],
    threads: batch * r * parts,
    source: () => `fn main(index: i32) {
      if (index >= uniforms.total) { return; }
      let row = index / ${parts};
      let part = index % ${parts};
      let sample = row / uniforms.r;
      var sum = 0.0;
      for (var i = part; i < uniforms.n; i = i + ${parts}) {
        sum = sum + rows[row * uniforms.n + i] * y[sample * uniforms.n + i];
      }
      result[index] = sum;
    }`,
  });
  return computeOne({
    key: 'sum of parts',
    reads: { x: [partial, 1] },
    sizes: { total: batch * r },
    result: [[batch, r], 1],
    threads: batch * r,
    source: () => `fn main(index: i32) {
      if (index >= uniforms.total) { return; }
      var sum = 0.0;
      for (var i = 0; i < ${parts}; i = i + 1) { sum = sum + x[index * ${parts} + i]; }
      result[index] = sum;
    }`,
  }) as tf.Tensor2D;
}

/** `Σ_r weights[b, r] rows[b, r, n]` as `[batch, n]`. Call inside a tidy. */
export function combineRows(weights: tf.Tensor2D, rows: tf.Tensor3D): tf.Tensor2D {
  const [batch, r, n] = rows.shape;
  if (!fusedOn()) return tf.squeeze(tf.matMul(tf.expandDims<tf.Tensor3D>(weights, 1), rows), [1]);
  return computeOne({
    key: 'combine rows',
    reads: { weights: [weights, 1], rows: [rows, 1] },
    sizes: { r, n, total: batch * n },
    result: [[batch, n], 1],
    threads: batch * n,
    source: () => `fn main(index: i32) {
      if (index >= uniforms.total) { return; }
      let sample = index / uniforms.n;
      let at = index % uniforms.n;
      var sum = 0.0;
      for (var i = 0; i < uniforms.r; i = i + 1) {
        sum = sum + weights[sample * uniforms.r + i] * rows[(sample * uniforms.r + i) * uniforms.n + at];
      }
      result[index] = sum;
    }`,
  }) as tf.Tensor2D;
}

/** `Σ_n a[b, n] c[b, n]` as `[batch]`. Call inside a tidy. */
export function rowDot(a: tf.Tensor2D, c: tf.Tensor2D): tf.Tensor1D {
  const [batch] = a.shape;
  if (!fusedOn()) return tf.sum<tf.Tensor1D>(tf.mul(a, c), 1);
  return tf.reshape(rowProducts(tf.expandDims<tf.Tensor3D>(a, 1), c), [batch]);
}

/** Σ cᵢ xᵢ of states; beside them never more than three stand at once. A fresh tensor. */
export const weightedSum = (
  states: readonly tf.Tensor2D[],
  weights: readonly number[],
): tf.Tensor2D =>
  weights.reduce<tf.Tensor2D>(
    (sum, c, i) => {
      const next = tf.tidy(() => tf.add<tf.Tensor2D>(sum, tf.mul(states[i] as tf.Tensor2D, c)));
      sum.dispose();
      return next;
    },
    tf.zerosLike(states[0] as tf.Tensor2D),
  );
