import * as tf from '../tf/index.ts';
import { combineRows, rowProducts } from './rows.ts';

/**
 * Of each sample an estimate `−I + Σ uᵢ vᵢᵀ` of the inverse Jacobian of g(z) = f(z) − z, as Broyden's method learns it:
 * u and v are `[batch, pairs, n]`, oldest pair first.
 */
export type LowRank = {
  readonly u: tf.Tensor3D;
  readonly v: tf.Tensor3D;
};

/** B y = −y + Σ uᵢ (vᵢᵀ y), for `y [batch, n]`; without pairs −y. Call inside a tidy. */
export const applyInverse = (pairs: LowRank | undefined, y: tf.Tensor2D): tf.Tensor2D =>
  pairs ? tf.sub(combineRows(rowProducts(pairs.v, y), pairs.u), y) : tf.neg(y);

/** The transpose, of the same tensors. */
export const transposed = ({ u, v }: LowRank): LowRank => ({ u: v, v: u });

/** Its newest pairs, so many at most, as new tensors. Call inside a tidy. */
export function newestPairs({ u, v }: LowRank, most: number): LowRank {
  const [batch, pairs, n] = u.shape;
  const kept = Math.min(pairs, most);
  const newest = (rows: tf.Tensor3D): tf.Tensor3D =>
    tf.slice(rows, [0, pairs - kept, 0], [batch, kept, n]);
  return { u: newest(u), v: newest(v) };
}
