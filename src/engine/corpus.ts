import type { Experiment } from '../config/experiment.ts';
import { unigramEntropy } from '../data/batches.ts';
import { generateCorpus, splitText } from '../data/corpus.ts';
import { tokenizerTraining, type Tokenizer } from '../data/tokenizer.ts';
import { languageModel } from '../model/languageModel.ts';
import { EngineFault } from './faults.ts';
import { modelConfig } from './modelConfig.ts';
import { createBreather } from './pace.ts';
import type { CorpusReport, TrainingText } from './trainingProtocol.ts';

/** A text, cut into tokens. */
export interface Corpus {
  readonly text: string;
  readonly tokenizer: Tokenizer;
  readonly train: Int32Array;
  /** Empty when the text is too short to hold a window back. */
  readonly validation: Int32Array;
}

/** What `readCorpus` needs from outside. */
export interface ReadOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
  /** Of a model or a run that goes on; absent: one is trained. */
  readonly tokenizer?: Tokenizer | undefined;
}

/** The text that an experiment's corpus is. Throws a fault when the page owes it. */
export function corpusText({ data, random }: Experiment, text: TrainingText): string {
  switch (data.source) {
    case 'brackets':
    case 'arithmetic':
    case 'copy':
      return generateCorpus(data.source, random.seed);
    case 'moby-dick':
    case 'own':
      if (text === undefined || text === '')
        throw new EngineFault(
          'bad-input',
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
  if (validation.length > length)
    return { text, tokenizer, train: tokenizer.encode(parts.train), validation };
  // Not one window could be held back, so nothing is: a short text needs all it has.
  const whole = given ?? (await learn(text));
  return { text, tokenizer: whole, train: whole.encode(text), validation: new Int32Array(0) };
}

async function train(
  { data }: Experiment,
  text: string,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<Tokenizer> {
  const training = tokenizerTraining(data.tokenizer, text, { merges: data.merges });
  const breathe = createBreather();
  for (;;) {
    const next = training.next();
    if (next.done === true) return next.value;
    onProgress(next.value.done, next.value.total);
    await breathe();
    if (signal.aborted) throw new EngineFault('cancelled', 'Reading the text was cancelled.');
  }
}

/** The facts of a corpus that the page shows. */
export function describeCorpus(
  experiment: Experiment,
  { text, tokenizer, train: ids, validation }: Corpus,
): CorpusReport {
  const characters = Array.from(text);
  const { size, unknownId, vocabulary } = tokenizer;
  const model = languageModel(modelConfig(experiment, size));
  const sizes = model.parameters.map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  const held = characters.length * (validation.length > 0 ? 0.9 : 1);
  return {
    characters: characters.length,
    lines: text.split('\n').length,
    distinctCharacters: new Set(characters).size,
    vocabulary: size,
    trainTokens: ids.length,
    validationTokens: validation.length,
    charactersPerToken: held / Math.max(1, ids.length),
    unknown: [...ids, ...validation].filter((id) => id === unknownId).length,
    preview: Array.from(ids.subarray(0, 40), (id) => vocabulary[id] ?? ''),
    uniform: Math.log(size),
    unigram: unigramEntropy(ids, size),
    parameters: sizes.reduce((a, b) => a + b, 0),
    embedding: sizes[model.parameters.findIndex(({ name }) => name === 'embedding')] ?? 0,
  };
}
