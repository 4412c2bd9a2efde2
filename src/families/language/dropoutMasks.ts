import type { Random } from '../../data/random.ts';
import * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';

/**
 * Masks `[batchRows, 1, features]` of the given widths, with entries 0 (probability `rate`) or
 * 1/(1 − rate), drawn on the host so that every backend drops the same units. The caller owns them.
 * Throws a RangeError for a rate outside [0, 1).
 */
export function dropoutMasks(
  widths: Readonly<Record<string, number>>,
  batchRows: number,
  rate: number,
  random: Random,
): Params {
  if (!(rate >= 0 && rate < 1))
    throw new RangeError(`The dropout rate must be in [0, 1), not ${rate}.`);
  return Object.fromEntries(
    Object.entries(widths).map(([name, width]) => {
      const entries = Float32Array.from({ length: batchRows * width }, () =>
        random.next() < rate ? 0 : 1 / (1 - rate),
      );
      return [name, tf.tensor(entries, [batchRows, 1, width])];
    }),
  );
}
