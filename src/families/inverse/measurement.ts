import { convolution, convolutionTransposed } from '../../ops/convolution.ts';
import * as tf from '../../tf/index.ts';

/** What happened to a picture before noise was added: K of reacho/deep-equilibrium-vs-bilevel, on N × N pixels. */
export interface Measurement {
  /** `noise only`: K is the identity. */
  readonly kind: 'denoise' | 'inpaint' | 'deblur';
  /** Pixels along a side. */
  readonly side: number;
  /** Of an inpainting problem: pixels from the top left on that nothing was measured of; the paper's are whole rows. */
  readonly masked: number;
}

/** Places of the blur: a diagonal of five pixels, each a fifth. */
const reach = 2;
const share = 1 / (2 * reach + 1);

/** K u on the device, `[batch, N²]` → the same. Call inside a tidy. */
export const measured = (how: Measurement, u: tf.Tensor): tf.Tensor => through(how, u, convolution);

/** Kᵀ u. */
export const measuredTransposed = (how: Measurement, u: tf.Tensor): tf.Tensor =>
  through(how, u, convolutionTransposed);

function through(
  { kind, side, masked }: Measurement,
  u: tf.Tensor,
  blur: typeof convolution | typeof convolutionTransposed,
): tf.Tensor {
  if (kind === 'denoise') return tf.clone(u);
  if (kind === 'inpaint') return tf.mul(u, tf.tensor(seen(side, masked), [1, side * side]));
  const width = 2 * reach + 1;
  const diagonal = tf.mul(tf.reshape(tf.eye(width), [1, 1, width, width]), share);
  const pictures = tf.reshape(u, [-1, 1, side, side]);
  return tf.reshape(blur(pictures, diagonal, { edge: 'circular' }), [-1, side * side]);
}

/** 1 for pixels that were measured. */
const seen = (side: number, masked: number): Float32Array =>
  new Float32Array(side * side).fill(1, Math.min(masked, side * side));

/** K u of one picture on the host. */
export function measuredOnHost(
  { kind, side, masked }: Measurement,
  u: ArrayLike<number>,
  sign: 1 | -1 = 1,
): Float64Array {
  const pixels = side * side;
  if (kind !== 'deblur')
    return Float64Array.from({ length: pixels }, (_, i) =>
      kind === 'inpaint' && i < masked ? 0 : (u[i] ?? 0),
    );
  return Float64Array.from({ length: pixels }, (_, i) => {
    const [row, column] = [Math.floor(i / side), i % side];
    let sum = 0;
    for (let t = -reach; t <= reach; t++) {
      const [r, c] = [row + sign * t, column + sign * t].map((at) => (at + side * reach) % side);
      sum += u[(r ?? 0) * side + (c ?? 0)] ?? 0;
    }
    return share * sum;
  });
}

/** Kᵀ u of one picture on the host. */
export const measuredTransposedOnHost = (how: Measurement, u: ArrayLike<number>): Float64Array =>
  measuredOnHost(how, u, -1);
