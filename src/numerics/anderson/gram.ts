import * as tf from '../../tf/index.ts';

/** A pivot this small beside what it was made from is float32 round-off, not information. */
export const pivotFloor = 1e-6;

/** A ridge of so many mean diagonals leaves nothing else of a system; a larger one could only overflow. */
export const ridgeCeiling = 1e12;

/** Weights of residuals, and the samples for which there is nothing to choose. */
export interface MixingWeights {
  /** `[batch, n]`; each row sums to 1. */
  readonly alpha: tf.Tensor2D;
  /** 1 where no residual differs from the smallest by more than round-off, else 0 `[batch]`. */
  readonly singular: tf.Tensor1D;
}

/**
 * The α that minimises `αᵀHα` under `Σ αᵢ = 1`, for a symmetric positive semidefinite `H [batch, n, n]`,
 * newest first. With `a` the index of the smallest diagonal entry, the constraint is put in as
 * `α = e_a + Σ γᵢ (eᵢ − e_a)`, and γ solves `S γ = r` with `S_ij = H_ij − H_ia − H_aj + H_aa` and
 * `rᵢ = H_aa − H_ia`: that has a solution where H itself is singular, as it is in as many dimensions as
 * there are residuals, or fewer. A residual whose difference from residual a depends on those of newer
 * ones gets the weight 0 (Pollock and Rebholz 2023, "Filtering for Anderson acceleration").
 *
 * Gauss–Jordan without pivoting, unrolled over n, so nothing is read back. The weights are finite
 * wherever H is. Call inside a tidy.
 */
export function mixingWeights(h: tf.Tensor3D): MixingWeights {
  const [batch, n] = h.shape;
  const identity = tf.eye(n);
  const diagonal = tf.sum<tf.Tensor2D>(tf.mul(h, identity), 2);
  // Cast: as float32 from the start, tfjs-wasm writes the bits of the integer 1.
  const anchor = tf.cast(tf.oneHot(tf.argMin(diagonal, 1), n), 'float32') as tf.Tensor2D;
  const row = tf.matMul<tf.Tensor3D>(tf.expandDims<tf.Tensor3D>(anchor, 1), h);
  const least = tf.reshape(tf.min(diagonal, 1), [batch, 1, 1]);
  const right = tf.reshape(tf.sub(least, row), [batch, n, 1]);
  const reduced = tf.add(tf.sub(h, row), right);
  const floors = tf.mul(tf.add(diagonal, tf.min(diagonal, 1, true)), pivotFloor);
  let m = tf.concat<tf.Tensor3D>([reduced as tf.Tensor3D, right as tf.Tensor3D], 2);
  let singular = tf.ones<tf.Rank.R3>([batch, 1, 1]) as tf.Tensor;
  for (let i = 0; i < n; i++) {
    // A tidy each: with many samples the pivots' intermediates add up.
    const [next, flag] = tf.tidy(() => {
      const pivot = tf.slice(m, [0, i, i], [batch, 1, 1]);
      const floor = tf.reshape(tf.slice(floors, [0, i], [batch, 1]), [batch, 1, 1]);
      const usable = tf.greater(pivot, floor);
      const own = tf.slice(m, [0, i, 0], [batch, 1, n + 1]);
      // Left out: its row is 0 = 0, and its column nothing.
      const scaled = tf.mul(
        tf.div(own, tf.where(usable, pivot, tf.onesLike(pivot))),
        tf.cast(usable, 'float32'),
      );
      const unit = tf.reshape(tf.slice(identity, [0, i], [n, 1]), [1, n, 1]);
      const column = tf.slice(m, [0, 0, i], [batch, n, 1]);
      const without = tf.mul(m, tf.sub(1, tf.reshape(unit, [1, n, 1])));
      // Rows other than i lose their share of it; row i becomes it.
      const others = tf.sub(without, tf.mul(tf.mul(column, tf.sub(1, unit)), scaled));
      return [
        tf.add<tf.Tensor3D>(others, tf.mul(unit, scaled)),
        tf.where(usable, tf.zerosLike(singular), singular),
      ] as const;
    });
    tf.dispose([m, singular]);
    [m, singular] = [next, flag];
  }
  const gamma = tf.reshape<tf.Rank.R2>(tf.slice(m, [0, 0, n], [batch, n, 1]), [batch, n]);
  return {
    alpha: tf.add(gamma, tf.mul(anchor, tf.sub(1, tf.sum(gamma, 1, true)))),
    singular: tf.reshape(singular, [batch]),
  };
}
