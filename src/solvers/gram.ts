import * as tf from '../tf/index.ts';

/** A pivot this small beside its diagonal entry is float32 round-off, not information. */
export const pivotFloor = 1e-6;

/**
 * Weights `α = H⁻¹1 / (1ᵀH⁻¹1)` for symmetric positive definite `H [batch, n, n]`: the solution of
 * the bordered system `[[0, 1ᵀ], [1, H]] [ν; α] = e₁`.
 *
 * Gauss–Jordan without pivoting, unrolled over n, so nothing is read back. `singular` is 1
 * for a sample with a vanishing pivot; its weights are finite and mean nothing.
 * Call inside a tidy.
 */
export function mixingWeights(h: tf.Tensor3D): { alpha: tf.Tensor2D; singular: tf.Tensor1D } {
  const [batch, n] = h.shape;
  const identity = tf.eye(n);
  let m = tf.concat<tf.Tensor3D>([h, tf.ones<tf.Rank.R3>([batch, n, 1])], 2);
  let singular = tf.zeros<tf.Rank.R3>([batch, 1, 1]) as tf.Tensor;
  for (let i = 0; i < n; i++) {
    // A tidy each: with many samples the pivots' intermediates add up.
    const [next, flag] = tf.tidy(() => {
      const pivot = tf.slice(m, [0, i, i], [batch, 1, 1]);
      const floor = tf.mul(tf.abs(tf.slice(h, [0, i, i], [batch, 1, 1])), pivotFloor);
      const usable = tf.greater(pivot, floor);
      const row = tf.div(
        tf.slice(m, [0, i, 0], [batch, 1, n + 1]),
        tf.where(usable, pivot, tf.onesLike(pivot)),
      );
      const column = tf.sub(
        tf.slice(m, [0, 0, i], [batch, n, 1]),
        tf.reshape(tf.slice(identity, [0, i], [n, 1]), [1, n, 1]),
      );
      return [
        tf.sub<tf.Tensor3D>(m, tf.mul(column, row)),
        tf.where(usable, singular, tf.onesLike(singular)),
      ] as const;
    });
    tf.dispose([m, singular]);
    [m, singular] = [next, flag];
  }
  const x = tf.reshape(tf.slice(m, [0, 0, n], [batch, n, 1]), [batch, n]);
  return {
    alpha: tf.div<tf.Tensor2D>(x, tf.sum(x, 1, true)),
    singular: tf.reshape(singular, [batch]),
  };
}
