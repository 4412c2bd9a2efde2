/**
 * Euclidean norms of float32 rows whose squares may leave float32's range: past 1.8e19 a square is
 * infinite, below 1e-19 it is lost. A norm is kept as a scale and what is left of it.
 */
import { fusedOn } from '../tf/fused.ts';
import * as tf from '../tf/index.ts';
import { computeOne } from '../tf/programs.ts';
import { normSums, normOf } from './fused/norms.ts';
import { parts } from './fused/settings.ts';

/** Norms as `scale · root`, where neither is out of range; NaN where a number is not finite. */
export interface ScaledNorm {
  /** `[batch]`, above 0. */
  readonly scale: tf.Tensor1D;
  /** `[batch]`. */
  readonly root: tf.Tensor1D;
}

/** ‖row‖₂ of `[batch, n]`. Call inside a tidy. */
export function scaledNorm(x: tf.Tensor2D): ScaledNorm {
  return fusedOn() ? fusedNorm(x) : rootOf(tf.abs(x));
}

/** One norm for all rows together, given to each of them. Call inside a tidy. */
export function joined({ scale, root }: ScaledNorm): ScaledNorm {
  const [batch] = scale.shape;
  const largest = tf.max<tf.Tensor1D>(scale, 0, true);
  const whole = rootOf(tf.reshape<tf.Rank.R2>(tf.mul(root, tf.div(scale, largest)), [1, batch]));
  const each = (one: tf.Tensor): tf.Tensor1D => tf.mul(tf.ones([batch]), one);
  return { scale: each(tf.mul(whole.scale, largest)), root: each(whole.root) };
}

/** The norm as one number a row `[batch]`; infinite only where it is above float32's range itself. */
export const lengthOf = ({ scale, root }: ScaledNorm): tf.Tensor1D => tf.mul(scale, root);

/**
 * `length / (size + floor)` `[batch]`, right wherever the quotient is a float32, though length or size
 * may not be. Call inside a tidy.
 */
export function relativeTo(length: ScaledNorm, size: ScaledNorm, floor: number): tf.Tensor1D {
  const unit = tf.maximum(size.scale, floor);
  const divisor = tf.add(tf.mul(size.root, tf.div(size.scale, unit)), tf.div(floor, unit));
  return tf.mul(tf.div(length.scale, unit), tf.div(length.root, divisor));
}

/** The norm of rows of numbers ≥ 0 beside their largest. */
function rootOf(sizes: tf.Tensor2D): ScaledNorm {
  const largest = tf.max<tf.Tensor1D>(sizes, 1);
  // A row of zeros, or one whose NaN the maximum passes over, is divided by 1.
  const scale = tf.where(tf.greater(largest, 0), largest, tf.onesLike(largest));
  const root = tf.sqrt(tf.sum<tf.Tensor1D>(tf.square(tf.div(sizes, tf.expandDims(scale, 1))), 1));
  return { scale, root };
}

function fusedNorm(x: tf.Tensor2D): ScaledNorm {
  const [batch, n] = x.shape;
  const partial = computeOne({
    key: 'row norms',
    reads: { x: [x, 1] },
    sizes: { n, total: batch * parts },
    result: [[batch, parts, 4], 4],
    threads: batch * parts,
    source: () => `${normSums(1)}
fn main(index: i32) {
  if (index >= uniforms.total) { return; }
  let base = index / ${parts} * uniforms.n;
  var sums = vec4<f32>(0.0);
  for (var i = index % ${parts}; i < uniforms.n; i += ${parts}) { sums += squares(x[base + i]); }
  result[index] = sums;
}`,
  });
  const norms = computeOne({
    key: 'row norms of parts',
    reads: { partial: [partial, 4] },
    sizes: { batch },
    result: [[2, batch], 1],
    threads: batch,
    source: () => `${normOf}
fn main(index: i32) {
  if (index >= uniforms.batch) { return; }
  var sums = vec4<f32>(0.0);
  for (var i = 0; i < ${parts}; i++) { sums += partial[index * ${parts} + i]; }
  let norm = normOf(sums);
  result[index] = norm.x;
  result[uniforms.batch + index] = norm.y;
}`,
  });
  const row = (at: number): tf.Tensor1D =>
    tf.reshape(tf.slice(norms, [at, 0], [1, batch]), [batch]);
  return { scale: row(0), root: row(1) };
}
