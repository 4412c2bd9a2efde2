/** What is read of a batch, in one piece: its loss, what beside it is minimised, its metrics, and whatever the reader adds. */
import type { TaskBatch } from '../families/task.ts';
import * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';
import { readPacked } from '../tf/readback.ts';

/** What a batch says at a solution. */
export interface Told {
  /** Without the extra term. */
  readonly loss: number;
  /** The extra term's value by its name, where the batch has one, and the metrics. */
  readonly metrics: Readonly<Record<string, number>>;
  /** The first number of each tensor that was read beside. */
  readonly beside: readonly number[];
}

/**
 * Reads a batch at `z`. `loss`: that of its problem there, or, with `minimised`, the sum of it and the extra term.
 * `beside`: tensors of one number that are read with it. Takes over loss and beside, borrows the rest.
 */
export async function readBatch(
  { extra, measured }: Pick<TaskBatch, 'extra' | 'measured'>,
  params: Params,
  z: tf.Tensor,
  {
    loss,
    minimised = false,
    beside = [],
  }: {
    readonly loss: tf.Tensor;
    readonly minimised?: boolean;
    readonly beside?: readonly tf.Tensor[];
  },
): Promise<Told> {
  const taken = [loss, ...beside];
  const own = tf.tidy(() => [
    ...(extra ? [extra.term(params, z)] : []),
    ...(measured?.readout ? [measured.readout(params, z)] : []),
  ]);
  try {
    const [first = [], ...others] = await readPacked([...taken, ...own]);
    const numbers = others.slice(0, beside.length).map(([value = NaN]) => value);
    const [term = NaN] = extra ? (others[beside.length] ?? []) : [0];
    const shown = (first[0] ?? NaN) - (minimised ? term : 0);
    const readout = measured?.readout ? others.at(-1) : undefined;
    return {
      loss: shown,
      metrics: {
        ...(extra ? { [extra.name]: term } : {}),
        ...measured?.tell(readout ?? new Float32Array(), shown),
      },
      beside: numbers,
    };
  } finally {
    tf.dispose([taken, own]);
  }
}

/** The same of a batch that is not learnt from: the loss is taken there. Borrows all. */
export function tellAt(
  batch: Pick<TaskBatch, 'extra' | 'measured' | 'problem'>,
  params: Params,
  z: tf.Tensor,
): Promise<Told> {
  const problem = batch.problem(params);
  return readBatch(batch, params, z, { loss: tf.tidy(() => problem.loss(problem.params, z)) });
}
