import { softmaxCrossEntropy } from '../../ops/crossEntropy.ts';
import { oneHotRows } from '../../ops/embed.ts';
import * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import type { Architecture, Batch } from './architecture.ts';
import type { EquilibriumProblem } from '../../implicit/problem.ts';

/**
 * The fixed-point problem of one batch, with the mean cross entropy (nats) as its loss. Throws a
 * RangeError for ids that are no rectangle, or not in the vocabulary.
 */
export function modelProblem(
  architecture: Architecture,
  params: Params,
  given: Batch,
): EquilibriumProblem {
  const { vocabulary } = architecture;
  const batch = usable(given);
  const { tokens, targets, masks } = batch;
  const length = checkIds('tokens', tokens, vocabulary);
  if (checkIds('targets', targets, vocabulary) !== length || targets.length !== tokens.length)
    throw new RangeError('Targets must have the shape of the tokens.');
  return {
    ...architecture.bind(batch),
    params,
    loss: (p, z) => {
      const logits = architecture.logits(p, z, masks);
      const rows = tf.reshape(logits, [tokens.length * length, vocabulary]);
      return softmaxCrossEntropy(rows, oneHotRows(targets, vocabulary));
    },
  };
}

/** The batch without a memory of length 0: that is no memory, and tfjs cannot concatenate it. */
export function usable(batch: Batch): Batch {
  return batch.memory?.z.size === 0 ? { ...batch, memory: undefined } : batch;
}

/** The common row length of `ids`. Throws unless they are a rectangle of ids below `size`. */
export function checkIds(what: string, ids: readonly (readonly number[])[], size: number): number {
  const length = ids[0]?.length ?? 0;
  if (length === 0 || ids.some((row) => row.length !== length))
    throw new RangeError(`The ${what} must be rows of one length, at least one each.`);
  const strange = ids.flat().find((id) => !Number.isInteger(id) || id < 0 || id >= size);
  if (strange !== undefined)
    throw new RangeError(`The ${what} hold ${strange}, but the vocabulary ends at ${size - 1}.`);
  return length;
}
