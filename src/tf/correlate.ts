/**
 * The correlation of pictures with a kernel, TensorFlow.js's own on each backend, with a gradient that each of them
 * has: tfjs-wasm lacks its gradient by the kernel, and its gradient by the picture takes ten times the forward pass. Both are
 * correlations again, and so as fast and as much in one order.
 */
import * as core from '@tensorflow/tfjs-core';
import { ladder } from './backend.ts';
import * as tf from './index.ts';
import { defineOperation } from './operation.ts';

const operation = defineOperation<'x' | 'kernel', { readonly stride: number }>({
  name: 'DeqCorrelate',
  on: ladder,
  saves: { inputs: ['x', 'kernel'], outputs: [] },
  run: ({ x, kernel }, { stride }) => [
    core.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, stride, 'valid'),
  ],
  pull: (dy, saved, { stride }) => {
    const [x, kernel] = saved as [tf.Tensor, tf.Tensor];
    const [, rows = 1, columns = 1] = x.shape;
    return {
      x: () => correlateBack(dy, kernel, stride, [rows, columns]),
      kernel: () => kernelCotangent(x, dy, stride, kernel.shape),
    };
  },
});

/**
 * `x [batch, rows, columns, in]` (channels last) and `kernel [height, width, in, out]` →
 * `[batch, ⌊(rows − height) / stride⌋ + 1, …, out]`, without anything around the picture.
 */
export const correlate = (x: tf.Tensor, kernel: tf.Tensor, stride: number): tf.Tensor =>
  operation({ x, kernel }, { stride });

/** The transpose of `correlate` in x, for pictures of `size` (rows, columns): the kernel laid where it stood, and added. */
export function correlateBack(
  y: tf.Tensor,
  kernel: tf.Tensor,
  stride: number,
  size: readonly [number, number],
): tf.Tensor {
  const [height = 1, width = 1] = kernel.shape;
  const [rows, columns] = [size[0] - height + 1, size[1] - width + 1];
  const apart = spread(spread(y, 1, stride, rows), 2, stride, columns);
  const around = tf.pad(apart, [
    [0, 0],
    [height - 1, height - 1],
    [width - 1, width - 1],
    [0, 0],
  ]);
  // Turned by half a turn, and from what came out to what went in.
  return correlate(around, tf.transpose(tf.reverse(kernel, [0, 1]), [0, 1, 3, 2]), 1);
}

/** The entries of an axis `stride` apart in one of `length`, zeros between and after. */
function spread(y: tf.Tensor, axis: 1 | 2, stride: number, length: number): tf.Tensor {
  const count = y.shape[axis] ?? 1;
  if (count === length) return y;
  const before = y.shape.slice(0, axis).reduce((a, b) => a * b, 1);
  const after = y.size / (before * count);
  const steps = tf.pad(tf.reshape(y, [before * count, 1, after]), [
    [0, 0],
    [0, stride - 1],
    [0, 0],
  ]);
  const apart = tf.reshape(steps, [before, count * stride, after]);
  return tf.reshape(
    tf.slice(apart, [0, 0, 0], [before, length, after]),
    y.shape.map((size, i) => (i === axis ? length : size)),
  );
}

/** The transpose of `correlate` in the kernel: x's channels are the batch, y the kernel, its steps held apart. */
function kernelCotangent(
  x: tf.Tensor,
  y: tf.Tensor,
  stride: number,
  [height = 1, width = 1, into = 1, out = 1]: readonly number[],
): tf.Tensor {
  const turned = core.conv2d(
    tf.transpose(x, [3, 1, 2, 0]) as tf.Tensor4D,
    tf.transpose(y, [1, 2, 0, 3]) as tf.Tensor4D,
    1,
    'valid',
    'NHWC',
    stride,
  );
  // Where the stride leaves pixels over, there is more than the kernel has.
  return tf.transpose(tf.slice(turned, [0, 0, 0, 0], [into, height, width, out]), [1, 2, 0, 3]);
}
