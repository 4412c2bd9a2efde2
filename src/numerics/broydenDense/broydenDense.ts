import * as tf from '../../tf/index.ts';
import { evaluate, hold, type Method, type Point } from '../method.ts';
import type { BroydenDenseOptions } from './settings.ts';

type DenseState = Point & {
  /** The inverse Jacobian of g, `[batch · n, batch · n]`. */
  readonly inverse: tf.Tensor2D;
};

/** What the reference adds to the update's denominator. */
const added = 1e-10;
/** A denominator this small beside its factors is float32 round-off: an update by it would be noise. */
const floor = 1e-6;

/**
 * Broyden's "good" method as textbooks have it: the inverse Jacobian B of g(z) = f(z) − z as one matrix over the whole
 * batch, row after row, from −I. `z⁺ = z − α B g`, and with Δz the step as taken
 * `B ← B + (Δz − B Δg) Δzᵀ B / (Δzᵀ B Δg + 1e-10)`. For α = 1 and one sample its steps are those of the low-rank
 * method without a limit. One system for the batch: a sample's steps depend on the others.
 *
 * Broyden 1965; SinclairHudson/DeepEquilibrium, `rootfind.broyden`.
 */
export function broydenDense({ damping }: BroydenDenseOptions): Method<DenseState> {
  return {
    fallback: 'update-skipped',
    inside: ({ inverse }) => ({ matrix: tf.clone(inverse) }),
    start: (point) => ({ ...point, inverse: tf.neg(tf.eye(point.z.size)) }),
    step: (f, { z, g, inverse }, moving) =>
      Promise.resolve(
        tf.tidy((): DenseState => {
          const column = (x: tf.Tensor2D): tf.Tensor2D => tf.reshape(x, [x.size, 1]);
          // A held sample keeps its residual for good: driven by it, the others would come to rest off their fixed points.
          const driving = moving ? hold(g, tf.zerosLike(g), moving) : g;
          const proposed = tf.reshape<tf.Rank.R2>(tf.matMul(inverse, column(driving)), z.shape);
          const point = evaluate(f, hold(tf.sub(z, tf.mul(proposed, damping)), z, moving));
          // All of it beside the largest step, so that no product leaves float32's range.
          const step = tf.sub(point.z, z);
          const largest = tf.max(tf.abs(step));
          const scale = tf.where(tf.greater(largest, 0), largest, tf.onesLike(largest));
          const dz = column(tf.div(step, scale));
          const dg = column(tf.div(tf.sub(point.g, g), scale));
          const change = tf.matMul(inverse, dg);
          const row = tf.matMul(dz, inverse, true);
          const product = tf.sum(tf.mul(dz, change));
          const denominator = tf.add(product, tf.div(tf.div(added, scale), scale));
          const size = tf.sqrt(tf.mul(tf.sum(tf.square(dz)), tf.sum(tf.square(change))));
          const usable = tf.greater(tf.abs(denominator), tf.mul(size, floor));
          const divisor = tf.where(usable, denominator, tf.onesLike(denominator));
          const update = tf.matMul(tf.div<tf.Tensor2D>(tf.sub(dz, change), divisor), row);
          return {
            ...point,
            fellBack: tf.mul(tf.ones([z.shape[0]]), tf.sub(1, tf.cast(usable, 'float32'))),
            inverse: tf.where(usable, tf.add(inverse, update), inverse),
          };
        }),
      ),
  };
}
