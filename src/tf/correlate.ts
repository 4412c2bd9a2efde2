/**
 * The correlation of pictures with a kernel, TensorFlow.js's own on each backend, with a gradient that each of them
 * has: tfjs-wasm lacks its gradient by the kernel, and its gradient by the picture takes ten times the forward pass. Both are
 * correlations again, and so as fast and as much in one order.
 */
import * as core from '@tensorflow/tfjs-core';
import * as tf from './index.ts';

const kernelName = 'DeqCorrelate';

/**
 * `x [batch, rows, columns, in]` (channels last) and `kernel [height, width, in, out]` →
 * `[batch, ⌊(rows − height) / stride⌋ + 1, …, out]`, without anything around the picture.
 */
export function correlate(x: tf.Tensor, kernel: tf.Tensor, stride: number): tf.Tensor {
  const attributes = { stride } as core.NamedAttrMap;
  return core.engine().runKernel(kernelName, { x, kernel }, attributes);
}

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

for (const backendName of ['cpu', 'wasm', 'webgpu'])
  core.registerKernel({
    kernelName,
    backendName,
    kernelFunc: ({ inputs, attrs }) => {
      const { x, kernel } = inputs as Record<'x' | 'kernel', tf.Tensor4D>;
      return core.conv2d(x, kernel, (attrs as unknown as { stride: number }).stride, 'valid');
    },
  });

core.registerGradient({
  kernelName,
  inputsToSave: ['x', 'kernel'],
  gradFunc: (dy, saved, attrs) => {
    const [x, kernel] = saved as [tf.Tensor, tf.Tensor];
    const { stride } = attrs as unknown as { stride: number };
    const y = dy as tf.Tensor;
    const [, rows = 1, columns = 1] = x.shape;
    return {
      x: () => correlateBack(y, kernel, stride, [rows, columns]),
      kernel: () => kernelCotangent(x, y, stride, kernel.shape),
    };
  },
});
