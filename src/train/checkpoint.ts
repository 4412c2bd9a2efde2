import type { NamedTensor } from '../data/safetensors.ts';
import * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';
import type { TrainerState } from './trainer.ts';

/** A trainer's state off the device: named arrays, and the counts behind them. */
export interface SavedTrainer {
  readonly tensors: Readonly<Record<string, NamedTensor>>;
  readonly counts: TrainerCounts;
}

/** Where a trainer stands, in numbers. */
export interface TrainerCounts {
  readonly step: number;
  readonly examples: number;
  readonly evaluations: number;
  readonly seconds: number;
  readonly firstLoss: number;
}

const paramPrefix = 'param.';
/** Before the names of what the task carries from batch to batch. */
export const carriedPrefix = 'memory.';

/** Read a state back from the device. Borrows it. */
export async function saveState(state: TrainerState): Promise<SavedTrainer> {
  const { params, adam, carried, previous, ...counts } = state;
  const named: Record<string, tf.Tensor | undefined> = {
    'adam.first': adam.first,
    'adam.second': adam.second,
    previous,
  };
  for (const [name, tensor] of Object.entries(carried ?? {})) named[carriedPrefix + name] = tensor;
  for (const [name, tensor] of Object.entries(params)) named[paramPrefix + name] = tensor;
  const kept = Object.entries(named).flatMap(([name, tensor]) =>
    tensor ? [{ name, tensor }] : [],
  );
  // All are asked for before the first has come: the device is waited for once.
  const read = await Promise.all(
    kept.map(async ({ name, tensor }): Promise<[string, NamedTensor]> => {
      const data = (await tensor.data()) as Float32Array;
      return [name, { shape: [...tensor.shape], data: data.slice() }];
    }),
  );
  const tensors = Object.fromEntries(read);
  return { tensors, counts: { step: adam.step, ...counts } };
}

/**
 * A saved state on the device again; the caller owns it. `like`: the state of a fresh trainer of
 * the same experiment. Throws with words when a tensor is missing or has another shape.
 */
export function loadState({ tensors, counts }: SavedTrainer, like: TrainerState): TrainerState {
  const made: tf.Tensor[] = [];
  const take = (name: string, shape?: readonly number[]): tf.Tensor => {
    const found = tensors[name];
    if (!found) throw new Error(`The checkpoint has no tensor named ${name}.`);
    if (shape && shape.join() !== found.shape.join())
      throw new Error(
        `The checkpoint’s ${name} has shape [${found.shape.join(', ')}]; these settings need [${shape.join(', ')}].`,
      );
    const tensor = tf.tensor(found.data, [...found.shape]);
    made.push(tensor);
    return tensor;
  };
  try {
    const params: Params = Object.fromEntries(
      Object.entries(like.params).map(([name, { shape }]) => [
        name,
        take(paramPrefix + name, shape),
      ]),
    );
    const { size } = like.adam.first;
    const moment = (name: string): tf.Tensor1D => take(name, [size]) as tf.Tensor1D;
    const { step, ...rest } = counts;
    const remembered = Object.keys(tensors).filter((name) => name.startsWith(carriedPrefix));
    return {
      params,
      adam: { step, first: moment('adam.first'), second: moment('adam.second') },
      carried:
        remembered.length === 0
          ? undefined
          : Object.fromEntries(
              remembered.map((name) => [name.slice(carriedPrefix.length), take(name)]),
            ),
      previous: tensors['previous'] ? take('previous') : undefined,
      ...rest,
    };
  } catch (error) {
    tf.dispose(made);
    throw error;
  }
}
