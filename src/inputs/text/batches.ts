import type { Random } from '../../data/random.ts';

/** Rows of a batch and tokens of a row, both at least 1. */
export interface BatchShape {
  readonly batch: number;
  readonly length: number;
}

/** What a step trains or validates on. */
export interface TokenBatch {
  /** `[batch, length]` ids. */
  readonly tokens: number[][];
  /** `[batch, length]`: for each token the id that follows it in the text. */
  readonly targets: number[][];
  /** Whether each row begins where the same row of the batch before ended. */
  readonly continues: boolean;
}

/**
 * Which text a row reads. `shuffled`: from a uniformly random offset. `contiguous`: on from where it
 * stopped at the step before, from the end on to the beginning, for models that remember the
 * segment before; row b starts at floor(b N / batch) of N ids.
 */
export type BatchOrder = 'shuffled' | 'contiguous';

/**
 * The batch of a step (0, 1, …), a function of its arguments alone: a resumed run needs only the
 * step number. `random` is the stream of the data order and is not drawn from. Throws a RangeError
 * when there are fewer than length + 1 ids, or the shape or the step is no such number.
 */
export function trainingBatch(
  ids: Int32Array,
  shape: BatchShape,
  order: BatchOrder,
  step: number,
  random: Random,
): TokenBatch {
  checkShape(shape);
  checkWhole('step', step, 0);
  const { batch, length } = shape;
  if (ids.length <= length) {
    throw new RangeError(
      `The training text has ${ids.length} tokens, but a row of ${length} needs ${length + 1}: ` +
        'use a longer text or a shorter sequence.',
    );
  }
  const rows = Array.from({ length: batch }, (_, row) => row);
  if (order === 'contiguous') {
    const starts = rows.map((row) => Math.floor((row * ids.length) / batch) + step * length);
    return read(ids, length, starts, step > 0);
  }
  const draws = random.fork(String(step));
  return read(
    ids,
    length,
    rows.map(() => draws.integer(ids.length - length)),
    false,
  );
}

/**
 * Up to `count` batches of windows spread evenly over the held-out ids, the same every time. No two
 * windows share a token, unless one batch has more rows than there are windows: then they repeat.
 * Empty when there are fewer than length + 1 ids. Throws a RangeError when the shape or the count
 * is no such number.
 */
export function validationBatches(ids: Int32Array, shape: BatchShape, count: number): TokenBatch[] {
  checkShape(shape);
  checkWhole('count', count, 0);
  const { batch, length } = shape;
  // The last id is only ever a target.
  const readable = ids.length - 1;
  const windows = Math.floor(readable / length);
  if (windows < 1) return [];
  // Shapes must not change from batch to batch, so windows that don't fill one are left out.
  const batches = Math.min(count, Math.max(1, Math.floor(windows / batch)));
  const used = Math.min(windows, batches * batch);
  return Array.from({ length: batches }, (_, index) => {
    const starts = Array.from({ length: batch }, (_, row) =>
      Math.floor((((index * batch + row) % used) * readable) / used),
    );
    return read(ids, length, starts, false);
  });
}

/**
 * Entropy in nats per token of how often each id occurs: the loss of a model that knows no context.
 * 0 for no ids. Throws a RangeError when an id is not one of 0, …, size − 1.
 */
export function unigramEntropy(ids: Int32Array, size: number): number {
  checkWhole('vocabulary size', size, 0);
  const counts = new Float64Array(size);
  for (const id of ids) {
    if (id < 0 || id >= size) {
      throw new RangeError(`The text holds id ${id}, but the vocabulary ends at ${size - 1}.`);
    }
    counts[id] = (counts[id] ?? 0) + 1;
  }
  let entropy = 0;
  for (const count of counts) {
    if (count > 0) entropy += (count / ids.length) * Math.log(ids.length / count);
  }
  return entropy;
}

function read(
  ids: Int32Array,
  length: number,
  starts: readonly number[],
  continues: boolean,
): TokenBatch {
  const rowsFrom = (shift: number): number[][] =>
    starts.map((start) =>
      Array.from({ length }, (_, i) => ids[(start + shift + i) % ids.length] ?? 0),
    );
  return { tokens: rowsFrom(0), targets: rowsFrom(1), continues };
}

function checkShape({ batch, length }: BatchShape): void {
  checkWhole('batch size', batch, 1);
  checkWhole('sequence length', length, 1);
}

function checkWhole(what: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new RangeError(`The ${what} is ${value}: it must be a whole number from ${least} up.`);
}
