import { bpeTraining } from './bpeTraining.ts';
import { byteTokenizer } from './byteTokenizer.ts';
import { charTraining } from './charTokenizer.ts';
import type { Tokenizer, TokenizerKind, TrainingProgress } from './tokenizerTypes.ts';

export { loadTokenizer, saveTokenizer } from './tokenizerFile.ts';
export { unknownText } from './tokenizerTypes.ts';
export type { Merge, Tokenizer, TokenizerKind, TrainingProgress } from './tokenizerTypes.ts';

/** What training takes besides text. */
export interface TrainingOptions {
  /** Pairs that `bpe` merges, 0 to 65,000; 512 by default. Nothing to the other kinds. */
  readonly merges?: number;
}

/** Makes a tokenizer for text like `text`. The same text gives the same ids, on any device. */
export type TrainTokenizer = (
  kind: TokenizerKind,
  text: string,
  options?: TrainingOptions,
) => Tokenizer;

/** See `TrainTokenizer`. Throws a RangeError when `merges` is out of range. */
export const trainTokenizer: TrainTokenizer = (kind, text, options) => {
  const training = tokenizerTraining(kind, text, options);
  for (;;) {
    const { done, value } = training.next();
    if (done) return value;
  }
};

/**
 * Train a tokenizer in stretches of about 10 ms, yielding progress between them, so that a worker
 * can answer others meanwhile. `total` may stay out of reach: `bpe` ends when no pair is left to
 * merge. Throws a RangeError when `merges` is out of range.
 */
export function* tokenizerTraining(
  kind: TokenizerKind,
  text: string,
  options: TrainingOptions = {},
): Generator<TrainingProgress, Tokenizer> {
  switch (kind) {
    case 'char':
      return yield* charTraining(text);
    case 'byte':
      return byteTokenizer();
    case 'bpe':
      return yield* bpeTraining(text, checkMerges(options.merges ?? 512));
  }
}

const mostMerges = 65_000;

function checkMerges(merges: number): number {
  if (Number.isInteger(merges) && merges >= 0 && merges <= mostMerges) return merges;
  throw new RangeError(
    `Can't make ${merges} merges: choose a whole number from 0 to ${mostMerges}.`,
  );
}
