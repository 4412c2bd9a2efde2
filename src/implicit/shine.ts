import { applyInverse, transposed, type LowRank } from '../numerics/lowRank.ts';
import { rowNorm } from '../numerics/method.ts';
import * as tf from '../tf/index.ts';

/**
 * How much longer than dL/dz, sample by sample, SHINE's u may be. The authors' code takes 1.8; but where ρ(J) is near 1 the
 * exact u is longer than that, so here only what is far off is given up.
 */
export const shineLimit = 10;

/**
 * SHINE's answer to u = Jᵀu + dL/dz, without one product with Jᵀ: `u = −Bᵀ dL/dz`, where B = −I + Σ uᵢ vᵢᵀ is what the
 * forward solve has learnt of the inverse of J − I. Without pairs that is the Jacobian-free u = dL/dz, which is also taken
 * for a sample where B is no use: where its u is more than `shineLimit` times as long as dL/dz, or no number. New tensor of
 * the shape of `dz`, which is borrowed like the pairs.
 *
 * Ramzi, Mannel, Bai, Starck, Ciuciu, Moreau 2022, section 2; the fallback by the norm is theirs too.
 */
export function shineDirection(dz: tf.Tensor, inverse: LowRank | undefined): tf.Tensor {
  return tf.tidy(() => {
    const { shape } = dz;
    const [batch = 1] = shape;
    const rows = tf.reshape<tf.Rank.R2>(dz, [batch, dz.size / batch]);
    const u = tf.neg<tf.Tensor2D>(applyInverse(inverse && transposed(inverse), rows));
    // Of what is no number the limit is not greater either.
    const sound = tf.greater(tf.mul(rowNorm(rows), shineLimit), rowNorm(u));
    return tf.reshape(tf.where(tf.expandDims(sound, 1), u, rows), shape);
  });
}
