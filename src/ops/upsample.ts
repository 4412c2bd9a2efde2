import * as tf from '../tf/index.ts';

/**
 * Nearest up-sampling by a whole factor: each pixel of `x [batch, channels, rows, columns]` becomes `factor` × `factor`
 * of them; PyTorch's `interpolate(mode='nearest')`. Its gradient adds them up.
 */
export function upsample(x: tf.Tensor, factor: number): tf.Tensor {
  const [batch = 1, channels = 1, rows = 1, columns = 1] = x.shape;
  const pictures = batch * channels;
  const wide = tf.mul(tf.reshape(x, [pictures * rows, columns, 1]), tf.ones([1, 1, factor]));
  const high = tf.mul(
    tf.reshape(wide, [pictures * rows, 1, columns * factor]),
    tf.ones([1, factor, 1]),
  );
  return tf.reshape(high, [batch, channels, rows * factor, columns * factor]);
}
