import type { Metric, OfParts } from '../task.ts';

/** The loss of a language model: cross entropy, beside what costs nothing to know. */
export function languageLoss(text: {
  readonly vocabulary: number;
  /** Entropy of single tokens, nats. */
  readonly unigram: number;
  readonly charactersPerToken: OfParts;
}): Metric {
  const { vocabulary, unigram, charactersPerToken } = text;
  // Where nothing is held out, no loss is either.
  const bits = (perToken: number): number => (perToken > 0 ? 1 / Math.LN2 / perToken : 0);
  return {
    ...{ name: 'loss', title: 'Loss', unit: 'nats', per: 'token', better: 'lower' },
    help: 'mean cross entropy',
    baselines: [
      {
        ...{ title: 'uniform', symbol: 'ln V', value: Math.log(vocabulary) },
        ...{ words: 'guessing evenly', detail: `among ${grouped(vocabulary)} tokens` },
      },
      {
        ...{ title: 'unigram entropy', value: unigram },
        words: 'knowing only how frequent each is',
      },
    ],
    readings: [
      {
        title: 'perplexity',
        help: 'e to the loss {of}: between how many tokens it hesitates',
        convert: 'exp',
      },
      {
        title: 'bits per character',
        help: 'The loss {of} in bits for each character of that text: comparable across tokenizers',
        convert: {
          train: bits(charactersPerToken.train),
          heldOut: bits(charactersPerToken.heldOut),
        },
      },
    ],
  };
}

/** A count with its thousands apart, as the page writes them. */
const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, '\u202f');
