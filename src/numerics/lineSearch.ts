import * as tf from '../tf/index.ts';
import { readPacked } from '../tf/readback.ts';
import { armijo } from './armijo.ts';
import { evaluate, hold, type FlatMap, type Moving, type Point } from './method.ts';

/**
 * Backtrack along `direction` `[batch, n]` from `from`, each sample with a step of its own, so
 * that a sample's result does not depend on the batch around it. All samples share the
 * evaluations: one for the full step, more only while some sample still searches.
 * The caller owns the returned point.
 */
export async function lineSearch(
  f: FlatMap,
  from: Point,
  direction: tf.Tensor2D,
  moving?: Moving,
): Promise<Point> {
  const [norms = new Float32Array()] = await readPacked([from.abs]);
  const searches = Array.from(norms, (norm) => armijo(norm ** 2));
  const tried = searches.map((search) => search.next(0));
  let failed = false;
  for (;;) {
    const steps = tried.map(({ value }) => (typeof value === 'number' ? value : value.step));
    const point = tf.tidy(() => {
      const s = tf.tensor<tf.Rank.R2>(steps, [steps.length, 1]);
      return evaluate(f, hold(tf.add(from.z, tf.mul(s, direction)), from.z, moving));
    });
    const [abs = new Float32Array()] = await readPacked([point.abs]);
    let again = false;
    for (const [i, search] of searches.entries()) {
      const trial = tried[i];
      if (trial?.done !== false) continue;
      // A sample that is held has nothing to search for; a residual that is no number is no success.
      const phi = moving?.flags[i] === false ? 0 : (abs[i] ?? NaN) ** 2;
      const next = search.next(Number.isNaN(phi) ? Infinity : phi);
      tried[i] = next;
      if (next.done !== true) again = true;
      else if (next.value.failed) again = failed = true;
    }
    if (!again) {
      const shortened = steps.some((step) => step !== 1);
      if (failed) return { ...point, event: 'line-search-failed' };
      return shortened ? { ...point, event: 'line-search' } : point;
    }
    tf.dispose(point);
  }
}
