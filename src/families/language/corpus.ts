import { BadInputError } from '../../data/badInput.ts';
import { unigramEntropy } from '../../inputs/text/batches.ts';
import { generateCorpus, splitText } from '../../inputs/text/corpus.ts';
import { tokenizerTraining, type Tokenizer } from '../../inputs/text/tokenizer.ts';
import type { Experiment } from '../../schema/experiment.ts';
import { breathe } from '../../tf/pace.ts';
import type { CorpusReport, TrainingText } from '../training.ts';
import { languageModel } from './languageModel.ts';
import { modelConfig } from './modelConfig.ts';

/** What the page shows of a text, whatever model reads it. */
type CorpusFacts = Omit<CorpusReport, 'parameters' | 'embedding'>;

/** A text, cut into tokens. */
export interface Corpus {
  readonly text: string;
  readonly tokenizer: Tokenizer;
  readonly train: Int32Array;
  /** Empty when the text is too short to hold a window back. */
  readonly validation: Int32Array;
  readonly facts: CorpusFacts;
}

/** What `readCorpus` needs from outside. */
export interface ReadOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
  /** Of a model or a run that goes on; absent: one is trained. */
  readonly tokenizer?: Tokenizer | undefined;
}

/** The text that an experiment's corpus is. Throws a BadInputError when the page owes it. */
export function corpusText({ data, random }: Experiment, text: TrainingText): string {
  switch (data.source) {
    case 'brackets':
    case 'arithmetic':
    case 'copy':
      return generateCorpus(data.source, random.seed);
    case 'moby-dick':
    case 'own':
      if (text === undefined || text === '')
        throw new BadInputError(
          'There is no text to learn from. Paste one, open a file, or choose a built-in text.',
        );
      return text;
  }
}

/** Split a text and cut it into tokens; the tokenizer learns from the training part alone. */
export async function readCorpus(
  experiment: Experiment,
  text: string,
  { signal, onProgress, tokenizer: given }: ReadOptions,
): Promise<Corpus> {
  const { length } = experiment.train;
  const parts = splitText(text);
  const learn = (from: string): Promise<Tokenizer> => train(experiment, from, signal, onProgress);
  const tokenizer = given ?? (await learn(parts.train));
  const validation = tokenizer.encode(parts.validation);
  if (validation.length > length) return corpusOf(text, tokenizer, parts.train, parts.validation);
  // Not one window could be held back, so nothing is: a short text needs all it has.
  return corpusOf(text, given ?? (await learn(text)), text, '');
}

/** A corpus of its two parts, with its facts: counted once, however often they are asked for. */
function corpusOf(text: string, tokenizer: Tokenizer, learnt: string, heldOut: string): Corpus {
  const { size, unknownId, vocabulary } = tokenizer;
  const train = tokenizer.encode(learnt);
  const validation = tokenizer.encode(heldOut);
  const characters = Array.from(text);
  const unknown = (ids: Int32Array): number => ids.filter((id) => id === unknownId).length;
  const perToken = (part: string, ids: Int32Array): number =>
    Array.from(part).length / Math.max(1, ids.length);
  const facts: CorpusFacts = {
    characters: characters.length,
    lines: text.split('\n').length,
    distinctCharacters: new Set(characters).size,
    vocabulary: size,
    trainTokens: train.length,
    validationTokens: validation.length,
    charactersPerToken: { train: perToken(learnt, train), heldOut: perToken(heldOut, validation) },
    unknown: { train: unknown(train), heldOut: unknown(validation) },
    preview: Array.from(train.subarray(0, 40), (id) => vocabulary[id] ?? ''),
    uniform: Math.log(size),
    unigram: unigramEntropy(train, size),
  };
  return { text, tokenizer, train, validation, facts };
}

async function train(
  { data }: Experiment,
  text: string,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<Tokenizer> {
  const training = tokenizerTraining(data.tokenizer, text, { merges: data.merges });
  for (;;) {
    const next = training.next();
    if (next.done === true) return next.value;
    onProgress(next.value.done, next.value.total);
    await breathe(signal);
  }
}

/** The facts of a corpus, and the size of the experiment's model for its vocabulary. */
export function describeCorpus(experiment: Experiment, { tokenizer, facts }: Corpus): CorpusReport {
  const { parameters } = languageModel(modelConfig(experiment, tokenizer.size));
  const sizes = new Map(
    parameters.map(({ name, shape }) => [name, shape.reduce((a, b) => a * b, 1)]),
  );
  return {
    ...facts,
    parameters: [...sizes.values()].reduce((a, b) => a + b, 0),
    embedding: sizes.get('embedding') ?? 0,
  };
}
