import { correlate, correlateBack } from '../tf/correlate.ts';
import * as tf from '../tf/index.ts';

/** How a kernel goes over a picture; the same words as PyTorch's `conv2d`. */
export interface ConvolutionOptions {
  /** Pixels from one place of the kernel to the next, down and across; 1 if absent. */
  readonly stride?: number | undefined;
  /** What stands around the picture: zeros, or the picture again (`padding_mode='circular'`). */
  readonly edge?: 'zero' | 'circular' | undefined;
  /**
   * Pixels added on every side. Absent: half the kernel, so that stride 1 keeps the size. A periodic picture takes no
   * other.
   */
  readonly padding?: number | undefined;
}

/**
 * Cross-correlation of pictures: `x [batch, in, rows, columns]` and `weight [out, in, height, width]` →
 * `[batch, out, ⌊(rows + 2 padding − height) / stride⌋ + 1, …]`, in PyTorch's layouts. Its sums are in one order on
 * every backend, and so are its gradients'. Throws where the kernel does not fit.
 */
export function convolution(
  x: tf.Tensor,
  weight: tf.Tensor,
  options: ConvolutionOptions = {},
): tf.Tensor {
  const [, , rows = 1, columns = 1] = x.shape;
  const { stride, edge, sides } = placesOf([rows, columns], weight, options);
  const around = edged(tf.transpose(x, [0, 2, 3, 1]), sides, edge);
  return tf.transpose(correlate(around, lastly(weight), stride), [0, 3, 1, 2]);
}

/**
 * The transpose of `convolution` with the same weight and options, back to pictures of `size` (rows, columns):
 * `y [batch, out, …]` → `[batch, in, rows, columns]`; PyTorch's `conv_transpose2d`. Absent, `size` is the stride times
 * y's. Throws where no picture of that size gives one of y's.
 */
export function convolutionTransposed(
  y: tf.Tensor,
  weight: tf.Tensor,
  { size, ...options }: ConvolutionOptions & { readonly size?: readonly [number, number] } = {},
): tf.Tensor {
  const [, , high = 1, wide = 1] = y.shape;
  const step = options.stride ?? 1;
  const target = size ?? ([high * step, wide * step] as const);
  const { stride, edge, sides } = placesOf(target, weight, options);
  const [down, across] = sides;
  if (down.places !== high || across.places !== wide)
    throw new RangeError(
      `A picture of ${target.join(' × ')} has ${down.places} × ${across.places} places for this kernel, not ${high} × ${wide}.`,
    );
  const around = correlateBack(tf.transpose(y, [0, 2, 3, 1]), lastly(weight), stride, [
    target[0] + 2 * down.padding,
    target[1] + 2 * across.padding,
  ]);
  return tf.transpose(unedged(around, sides, edge), [0, 3, 1, 2]);
}

/**
 * The kernel whose correlation is the transpose of `weight`'s: `[out, in, height, width]` →
 * `[in, out, height, width]`, turned by half a turn.
 */
export const transposedKernel = (weight: tf.Tensor): tf.Tensor =>
  tf.reverse(tf.transpose(weight, [1, 0, 2, 3]), [2, 3]);

/** `[out, in, height, width]` as TensorFlow.js has it. */
const lastly = (weight: tf.Tensor): tf.Tensor => tf.transpose(weight, [2, 3, 1, 0]);

/** How a kernel goes along one side of a picture. */
interface Side {
  readonly length: number;
  readonly kernel: number;
  readonly padding: number;
  /** Where the kernel stands: the length of the result. */
  readonly places: number;
}
type Sides = readonly [down: Side, across: Side];
type Edge = 'zero' | 'circular';

function placesOf(
  size: readonly [number, number],
  weight: tf.Tensor,
  { stride = 1, edge = 'zero', padding }: ConvolutionOptions,
): { readonly stride: number; readonly edge: Edge; readonly sides: Sides } {
  const kernels = weight.shape.slice(2) as [number, number];
  const refuse = (why: string): never => {
    throw new RangeError(
      `A kernel of ${kernels.join(' × ')} does not fit a picture of ${size.join(' × ')}: ${why}`,
    );
  };
  const sides = size.map((length, i): Side => {
    const kernel = kernels[i] ?? 1;
    const half = (kernel - 1) / 2;
    const around = padding ?? half;
    if (!Number.isInteger(around) || around < 0 || around >= Math.max(kernel, 1))
      refuse(
        padding === undefined
          ? 'its sides must be odd, or a padding given.'
          : `the padding must be a whole number below its sides, not ${padding}.`,
      );
    if (edge === 'circular' && (around !== half || kernel > length))
      refuse(
        "on a periodic one its sides must be odd, no longer than the picture's, and padded by half.",
      );
    const places = Math.floor((length + 2 * around - kernel) / stride) + 1;
    if (places < 1) refuse('there is no place for it.');
    return { length, kernel, padding: around, places };
  }) as unknown as Sides;
  return { stride, edge, sides };
}

/** A picture, channels last, with what stands around it. */
function edged(x: tf.Tensor, [down, across]: Sides, edge: Edge): tf.Tensor {
  if (edge === 'circular') return wrapped(wrapped(x, 1, down.padding), 2, across.padding);
  if (down.padding === 0 && across.padding === 0) return x;
  return tf.pad(x, [
    [0, 0],
    [down.padding, down.padding],
    [across.padding, across.padding],
    [0, 0],
  ]);
}

/** The transpose of `edged`: what stands around is left out, or added where it came from. */
function unedged(x: tf.Tensor, [down, across]: Sides, edge: Edge): tf.Tensor {
  if (edge === 'circular') return unwrapped(unwrapped(x, 1, down.padding), 2, across.padding);
  const rows = part(x, 1, down.padding, down.length);
  return part(rows, 2, across.padding, across.length);
}

/** `count` entries of an axis from `first` on. */
function part(x: tf.Tensor, axis: 1 | 2, first: number, count: number): tf.Tensor {
  if (x.shape[axis] === count) return x;
  return tf.slice(
    x,
    x.shape.map((_, i) => (i === axis ? first : 0)),
    x.shape.map((size, i) => (i === axis ? count : size)),
  );
}

/** `x` with the last `by` entries of an axis before the first, and the first after the last. */
function wrapped(x: tf.Tensor, axis: 1 | 2, by: number): tf.Tensor {
  if (by === 0) return x;
  const length = x.shape[axis] ?? 0;
  return tf.concat([part(x, axis, length - by, by), x, part(x, axis, 0, by)], axis);
}

function unwrapped(x: tf.Tensor, axis: 1 | 2, by: number): tf.Tensor {
  if (by === 0) return x;
  const length = (x.shape[axis] ?? 0) - 2 * by;
  const beside = (entries: tf.Tensor, before: number): tf.Tensor =>
    tf.pad(
      entries,
      x.shape.map((_, i): [number, number] =>
        i === axis ? [before, length - by - before] : [0, 0],
      ),
    );
  const first = beside(part(x, axis, 0, by), length - by);
  const last = beside(part(x, axis, length + by, by), 0);
  return tf.add(tf.add(part(x, axis, by, length), first), last);
}
