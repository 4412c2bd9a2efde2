import * as tf from '../tf/index.ts';
import type { FixedPointMap } from './solver.ts';

/**
 * f applied `times` times from `z0`, each step's intermediates freed before the next: what an explicit
 * network of that depth makes. Borrows `z0`; the caller owns the result. Call it outside any tidy.
 */
export function repeat(f: FixedPointMap, z0: tf.Tensor, times: number): tf.Tensor {
  let z = tf.clone(z0);
  for (let i = 0; i < times; i++) {
    const next = tf.tidy(() => f(z));
    z.dispose();
    z = next;
  }
  return z;
}
