import * as tf from '../tf/index.ts';
import { layerNorm } from './layerNorm.ts';

/** What may follow the normalisation: a factor and an offset for each channel, `[channels]`. */
export interface GroupNormOptions {
  readonly weight?: tf.Tensor | undefined;
  readonly bias?: tf.Tensor | undefined;
}

/**
 * Group norm: `x [batch, channels, rows, columns]`, each sample's channels in `groups` of neighbours with mean 0 and
 * variance 1 (epsilon 1e-5), then the affine part; PyTorch's `group_norm`. Throws where the groups do not divide the
 * channels. Wu and He 2018.
 */
export function groupNorm(
  x: tf.Tensor,
  groups: number,
  { weight, bias }: GroupNormOptions = {},
): tf.Tensor {
  const [batch = 1, channels = 1] = x.shape;
  if (channels % groups !== 0)
    throw new RangeError(`${groups} groups do not divide ${channels} channels.`);
  const flat = layerNorm(tf.reshape(x, [batch * groups, x.size / (batch * groups)]));
  const normed = tf.reshape(flat, x.shape);
  const scaled = weight ? tf.mul(normed, tf.reshape(weight, [1, channels, 1, 1])) : normed;
  return bias ? tf.add(scaled, tf.reshape(bias, [1, channels, 1, 1])) : scaled;
}
