import * as tf from '../tf/index.ts';

/**
 * Cross-correlation with a periodic edge: `x [batch, in, rows, columns]` and `weight [out, in, height, width]`,
 * odd and no larger than the picture → `[batch, out, rows, columns]`. PyTorch's layouts, and its
 * `padding_mode='circular'`.
 */
export function circularConvolution(x: tf.Tensor, weight: tf.Tensor): tf.Tensor {
  const [out = 1, , height = 1, width = 1] = weight.shape;
  return placed(
    tf.matMul(tapMatrix(weight), neighbourhoods(x, [height, width], false)),
    x.shape,
    out,
  );
}

/**
 * The transpose of `circularConvolution` with the same weight: `y [batch, out, rows, columns]` →
 * `[batch, in, rows, columns]`.
 */
export function circularConvolutionTransposed(y: tf.Tensor, weight: tf.Tensor): tf.Tensor {
  const [, into = 1, height = 1, width = 1] = weight.shape;
  const rows = tapMatrix(tf.transpose(weight, [1, 0, 2, 3]));
  return placed(tf.matMul(rows, neighbourhoods(y, [height, width], true)), y.shape, into);
}

/**
 * The kernel whose correlation is the transpose of `weight`'s: `[out, in, height, width]` →
 * `[in, out, height, width]`, turned by half a turn.
 */
export const transposedKernel = (weight: tf.Tensor): tf.Tensor =>
  tf.reverse(tf.transpose(weight, [1, 0, 2, 3]), [2, 3]);

/** A kernel as `[out, height · width · in]`, in the order of `neighbourhoods`. */
function tapMatrix(weight: tf.Tensor): tf.Tensor2D {
  const [out = 1] = weight.shape;
  return tf.reshape<tf.Rank.R2>(tf.transpose(weight, [0, 2, 3, 1]), [out, weight.size / out]);
}

/**
 * What each pixel has around it: `[height · width · channels, batch · rows · columns]`. The taps are laid under
 * each other, so that the convolution is one product: a GPU is kept waiting by many small kernels. `turned`
 * lays them in reverse.
 */
function neighbourhoods(
  x: tf.Tensor,
  [height, width]: readonly [number, number],
  turned: boolean,
): tf.Tensor2D {
  const [batch = 1, channels = 1, rows = 1, columns = 1] = x.shape;
  const [above, beside] = [(height - 1) / 2, (width - 1) / 2];
  if (!Number.isInteger(above) || !Number.isInteger(beside) || height > rows || width > columns)
    throw new RangeError(
      `A kernel of ${height} × ${width} does not fit a periodic picture of ${rows} × ${columns}: its sides must be odd, and no longer than the picture's.`,
    );
  const first =
    batch === 1 ? tf.reshape(x, [channels, 1, rows, columns]) : tf.transpose(x, [1, 0, 2, 3]);
  const padded = wrapped(wrapped(first, 2, above), 3, beside);
  const taps: tf.Tensor[] = [];
  for (let i = 0; i < height; i++)
    for (let j = 0; j < width; j++)
      taps.push(tf.slice(padded, [0, 0, i, j], [channels, batch, rows, columns]));
  return tf.reshape<tf.Rank.R2>(tf.concat(turned ? taps.toReversed() : taps, 0), [
    taps.length * channels,
    batch * rows * columns,
  ]);
}

/** `x` with the last `by` entries of an axis before the first, and the first after the last. */
function wrapped(x: tf.Tensor, axis: number, by: number): tf.Tensor {
  if (by === 0) return x;
  const part = (from: number): tf.Tensor => {
    const begin = x.shape.map((_, i) => (i === axis ? from : 0));
    return tf.slice(
      x,
      begin,
      x.shape.map((size, i) => (i === axis ? by : size)),
    );
  };
  return tf.concat([part((x.shape[axis] ?? 0) - by), x, part(0)], axis);
}

/** `[out, batch · rows · columns]` back as pictures. */
function placed(
  product: tf.Tensor,
  [batch = 1, , rows = 1, columns = 1]: readonly number[],
  out: number,
): tf.Tensor {
  return batch === 1
    ? tf.reshape(product, [1, out, rows, columns])
    : tf.transpose(tf.reshape(product, [out, batch, rows, columns]), [1, 0, 2, 3]);
}
