/** Training's part of what crosses the worker's edge: plain numbers, texts and bytes of files. */
import type { Experiment } from '../../schema/experiment.ts';
import type { SolveStatus } from '../../numerics/solver.ts';
import type { TrainRecord } from '../../train/records.ts';
import type { MemorySample } from '../../tf/memory.ts';

export type { NetworkName, TrainRecord, TrainStatus } from '../../train/records.ts';

/** A number of the part of a text that is learnt from and of the part held out; 0 where nothing is held out. */
export interface OfParts {
  readonly train: number;
  readonly heldOut: number;
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

/** A training run that is ready to go on. */
export interface TrainingReport {
  readonly corpus: CorpusReport;
  /** Updates made so far: more than 0 after a checkpoint was opened. */
  readonly step: number;
  /** Updates in all. */
  readonly steps: number;
  readonly parameters: number;
  /** Whether a twin trains beside the DEQ. */
  readonly twin: boolean;
  /** Whether it runs on fused WebGPU kernels. */
  readonly fused: boolean;
  readonly memory: MemorySample;
}

/** How a command that trains left the run. */
export interface TrainingProgress {
  readonly step: number;
  readonly status: 'paused' | 'finished' | 'nonfinite' | 'diverged';
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

/** The model a file holds. */
export interface ModelReport {
  /** The experiment it was trained in: the cell's settings are those of its weights. */
  readonly experiment: Experiment;
  readonly vocabulary: number;
  readonly parameters: number;
  /** Updates its weights have had. */
  readonly step: number;
}

/** What a text is: given by the visitor or fetched by the page; absent for generated corpora. */
export type TrainingText = string | undefined;

/** What the page may ask of an engine that trains. */
export interface TrainingCommands {
  /** Split and tokenize the experiment's corpus. Reports progress, can be interrupted (rejects as cancelled). */
  readonly openCorpus: (experiment: Experiment, text: TrainingText) => Promise<CorpusReport>;
  /**
   * Set up a run: initial parameters from the seed, or those, the moments and the position of a
   * checkpoint, so that it goes on as if it had never stopped. Bytes with weights only (a
   * downloaded model) give the weights and start the optimizer anew. Ends the run before, unless
   * it rejects.
   */
  readonly openTraining: (
    experiment: Experiment,
    text: TrainingText,
    file?: Uint8Array<ArrayBuffer>,
  ) => Promise<TrainingReport>;
  /**
   * Train until the run is finished, `count` steps are made, the numbers blow up, or it is
   * interrupted. With a twin a step is one of both networks; they take turns.
   */
  readonly train: (count?: number) => Promise<TrainingProgress>;
  /** Take over settings that are `live`; others are ignored. */
  readonly changeTraining: (experiment: Experiment) => Promise<void>;
  /** The whole state of the run as a file: parameters, moments, position, tokenizer, experiment. */
  readonly saveTraining: () => Promise<Uint8Array<ArrayBuffer>>;
  /** The DEQ's weights as safetensors with locuslab/deq's names; experiment and tokenizer in its metadata. */
  readonly exportModel: () => Promise<Uint8Array<ArrayBuffer>>;
  /** Read a model file, for samples and the Solve view. Rejects with words when it is not one of ours. */
  readonly openModel: (file: Uint8Array<ArrayBuffer>) => Promise<ModelReport>;
  /**
   * Write on from the experiment's prompt with the model of the run, or of the file last opened.
   * Tokens come as events; can be interrupted.
   */
  readonly generate: (from: 'run' | 'file', experiment: Experiment) => Promise<SampleReport>;
  /** Forget the run, and free what it holds; an opened file stays. Nothing happens where there is none. */
  readonly closeTraining: () => Promise<void>;
}

/** What an engine that trains says unasked; batches come at most ten a second. */
export type TrainingEvent =
  | {
      readonly event: 'trained';
      readonly records: readonly TrainRecord[];
      readonly memory: MemorySample;
    }
  /** A state to keep: every 200 steps or 30 s, at the end, and at the best validation loss so far. */
  | {
      readonly event: 'checkpoint';
      readonly step: number;
      readonly validation?: number;
      readonly file: Uint8Array<ArrayBuffer>;
    }
  | { readonly event: 'sampled'; readonly tokens: readonly SampledToken[]; readonly step: number };
