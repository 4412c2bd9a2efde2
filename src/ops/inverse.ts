import * as tf from '../tf/index.ts';

/** A batch of complex matrices `[batch, n, n]` as two real tensors; real ones have no `im`. */
export interface ComplexMatrices {
  readonly re: tf.Tensor;
  readonly im?: tf.Tensor | undefined;
}

/**
 * Doublings of the number of right digits, the first ones spent on getting near. In float32 a matrix whose
 * condition is beyond about 10³ has no inverse worth having, and up to there these are enough.
 */
const steps = 26;

/**
 * The inverses of well-conditioned matrices, made of products alone: X ← X (2 I − M X), which is quadratic from
 * Xₒ = Mᴴ / ‖M‖², and corrects its own rounding. Nothing is read back from the device, so that an inverse can be
 * made inside a tidy. A singular matrix gives no exception but numbers that are no inverse. Schulz 1933;
 * Ben-Israel and Cohen 1966.
 */
export function inverse(matrices: ComplexMatrices): ComplexMatrices {
  const { re, im } = matrices;
  const n = re.shape.at(-1) ?? 1;
  const identity = tf.reshape(tf.eye(n), [1, n, n]);
  // An upper bound of ‖M‖₂², matrix by matrix.
  const squares = tf.add(tf.square(re), im ? tf.square(im) : 0);
  const size = tf.sqrt(squares);
  const bound = tf.minimum(
    tf.mul(tf.max(tf.sum(size, 1, true), 2, true), tf.max(tf.sum(size, 2, true), 1, true)),
    tf.sum(squares, [1, 2], true),
  );
  let x: ComplexMatrices = {
    re: tf.div(tf.transpose(re, [0, 2, 1]), bound),
    ...(im ? { im: tf.neg(tf.div(tf.transpose(im, [0, 2, 1]), bound)) } : {}),
  };
  const twice = tf.mul(identity, 2);
  for (let k = 0; k < steps; k++) {
    const kept: ComplexMatrices = x;
    const next = tf.tidy(() => {
      const product = complexProduct(matrices, kept);
      const correction = {
        re: tf.sub(twice, product.re),
        ...(product.im ? { im: tf.neg(product.im) } : {}),
      };
      const { re: real, im: imaginary } = complexProduct(kept, correction);
      return imaginary ? [real, imaginary] : [real];
    });
    tf.dispose([kept.re, kept.im ?? []]);
    x = { re: next[0] as tf.Tensor, im: next[1] };
  }
  return x;
}

/** A B, matrix by matrix: `[batch, n, k]` and `[batch, k, m]` → `[batch, n, m]`; `turned` takes Aᴴ for A. */
export function complexProduct(
  a: ComplexMatrices,
  b: ComplexMatrices,
  turned = false,
): ComplexMatrices {
  const times = (left: tf.Tensor, right: tf.Tensor): tf.Tensor => tf.matMul(left, right, turned);
  if (!a.im && !b.im) return { re: times(a.re, b.re) };
  const imaginary = a.im && (turned ? tf.neg(a.im) : a.im);
  const cross = [
    ...(b.im ? [times(a.re, b.im)] : []),
    ...(imaginary ? [times(imaginary, b.re)] : []),
  ] as [tf.Tensor, tf.Tensor?];
  const straight = times(a.re, b.re);
  return {
    re: imaginary && b.im ? tf.sub(straight, times(imaginary, b.im)) : straight,
    im: cross[1] ? tf.add(cross[0], cross[1]) : cross[0],
  };
}
