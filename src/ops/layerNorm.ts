import * as tf from '../tf/index.ts';
import { fusedOn } from '../tf/fused.ts';
import { fusedLayerNorm } from './wgsl/layerNorm.ts';

/** Added to the variance. */
export const epsilon = 1e-5;

/** Layer norm over the last axis, without affine part: mean 0, variance 1. Any shape. */
export function layerNorm(x: tf.Tensor): tf.Tensor {
  if (fusedOn()) return fusedLayerNorm(x, undefined, epsilon);
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  return tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon)));
}

/** `layerNorm(x + residual)`, both of one shape. */
export function residualLayerNorm(x: tf.Tensor, residual: tf.Tensor): tf.Tensor {
  if (fusedOn()) return fusedLayerNorm(x, residual, epsilon);
  return layerNorm(tf.add(x, residual));
}
