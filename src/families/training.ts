/**
 * What a family's training looks like from the engine: reading what is learnt from, its task, and files of weights
 * by the family's own names. What of it crosses the worker's edge is plain data.
 */
import type { NamedTensor } from '../data/safetensors.ts';
import type { SolveStatus } from '../numerics/solver.ts';
import type { SolverOptions } from '../numerics/solver.ts';
import type { Experiment } from '../schema/experiment.ts';
import type { Params } from '../tf/params.ts';
import type { FileHead } from './modelFile.ts';
import type { Metric, OfParts, Task } from './task.ts';

/** What is learnt from, as the page shows it, and what training on it is watched by. */
export interface DataReport {
  /** Examples to learn from, and examples held out: 0 where too few are there. */
  readonly learnt: number;
  readonly heldOut: number;
  readonly loss: Metric;
  readonly metrics: readonly Metric[];
  /** Trainable numbers of the set-up's model on this data. */
  readonly parameters: number;
  /** One or two sentences on where the data is from; absent for the visitor's own. */
  readonly about?: string;
  /** Of a text. */
  readonly text?: CorpusReport;
}

/** A text as the model will see it. */
export interface CorpusReport {
  /** Code points. */
  readonly characters: number;
  readonly lines: number;
  readonly distinctCharacters: number;
  /** Ids the tokenizer has. */
  readonly vocabulary: number;
  readonly trainTokens: number;
  /** Tokens of the held-out tenth; 0 when the text is too short to hold anything back. */
  readonly validationTokens: number;
  /** Characters a token of each part: a loss is turned into bits a character by those of its own part. */
  readonly charactersPerToken: OfParts;
  /** Tokens of each part that the tokenizer reads as "unknown". */
  readonly unknown: OfParts;
  /** The first forty tokens, as text to show. */
  readonly preview: readonly string[];
  /** ln V: the loss of guessing evenly, nats a token. */
  readonly uniform: number;
  /** Entropy of single tokens: the loss of knowing only how frequent each is, nats a token. */
  readonly unigram: number;
  /** Trainable numbers of the experiment's model with this vocabulary. */
  readonly parameters: number;
  /** How many of them are the embedding. */
  readonly embedding: number;
}

/** One token of a sample. */
export interface SampledToken {
  readonly text: string;
  /** The model's own probability of it, before temperature and truncation. */
  readonly probability: number;
  /** Evaluations of f its solve took. */
  readonly evaluations: number;
  /** The same solve from z0 = 0, made for some tokens of a warm-started sample. */
  readonly coldEvaluations?: number;
  /** Evaluations since the token before for positions that none is read from; see `GeneratedToken`. */
  readonly otherEvaluations: number;
  /** Positions that an evaluation goes over. */
  readonly positions: number;
  readonly status: SolveStatus;
  /** The five most probable tokens. */
  readonly top: readonly { readonly text: string; readonly probability: number }[];
}

/** How a sample ended. */
export interface SampleReport {
  readonly tokens: number;
  readonly interrupted: boolean;
  readonly milliseconds: number;
  /** Characters of the prompt that the tokenizer reads as "unknown". */
  readonly unknown: number;
}

/** What a text is: given by the visitor or fetched by the page; absent where the family has its own data. */
export type TrainingText = string | undefined;

/** What reading needs from outside. */
export interface ReadOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
  /** Metadata of the file that a run goes on from: its words are the run's. */
  readonly file?: Readonly<Record<string, string>> | undefined;
}

/** Data that has been read: what runs of a set-up learn from. Holds no tensors. */
export interface TrainingData {
  /** What the page shows of it. */
  report(experiment: Experiment): DataReport;
  /** The task of a set-up on it. Throws a BadInputError where there is too little of it. */
  task(experiment: Experiment): Task;
  /** What files say beside the experiment. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Weights of a run on it as the tensors of a file, by the family's names. Borrows them. */
  toFile(experiment: Experiment, params: Params): Promise<Readonly<Record<string, NamedTensor>>>;
  /** The model of a run on it; takes over the weights. */
  modelOf(run: Pick<TrainedModel, 'experiment' | 'step' | 'params'>): TrainedModel;
}

/** A model with its weights, from a file or of a run; dispose it to free the weights. */
export interface TrainedModel extends Disposable {
  readonly experiment: Experiment;
  readonly step: number;
  readonly params: Params;
  /** Ids of its tokenizer, of a language model. */
  readonly vocabulary?: number;
  /** Writes on from the prompt of `experiment`; ends early when the signal aborts. Absent where it does not write. */
  write?(
    experiment: Experiment,
    how: {
      /** Of each token's solve. */
      readonly solver: SolverOptions;
      readonly signal: AbortSignal;
      readonly onToken: (token: SampledToken) => void;
    },
  ): Promise<SampleReport>;
}

/** How a family is trained. */
export interface FamilyTraining {
  /** Names the data of a set-up and what was given: two of one name learn from the same. */
  key(experiment: Experiment, given: TrainingText): string;
  /**
   * Read it. Throws a BadInputError where something is missing or unusable, and the signal's reason once it
   * is aborted.
   */
  read(experiment: Experiment, given: TrainingText, how: ReadOptions): Promise<TrainingData>;
  /** A `model` file's model. Throws a BadInputError in words. */
  openModel(head: FileHead): TrainedModel;
}
