/** Training's part of what crosses the worker's edge: plain numbers, texts and bytes of files. */
import type { Experiment } from '../../schema/experiment.ts';
import type {
  DataReport,
  SampledToken,
  SampleReport,
  TrainingText,
} from '../../families/training.ts';
import type { MeteredProblem } from '../../memory/memoryLaw.ts';
import type { Observation } from '../../families/observation.ts';
import type { TrainRecord } from '../../train/records.ts';
import type { MemorySample } from '../../tf/memory.ts';

export type {
  CorpusReport,
  DataReport,
  SampledToken,
  SampleReport,
  TrainingText,
} from '../../families/training.ts';
export type { Baseline, Metric, OfParts } from '../../families/task.ts';
export type { NetworkName, TrainRecord, TrainStatus } from '../../train/records.ts';

/** A training run that is ready to go on. */
export interface TrainingReport {
  /** What it learns from, and the numbers it is watched by. */
  readonly data: DataReport;
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

/** How a command that trains left the run; `sample`: where one is to be written before it goes on. */
export interface TrainingProgress {
  readonly step: number;
  readonly status: 'paused' | 'sample' | 'finished' | 'nonfinite' | 'diverged';
}

/** What the page has a use for while it trains. */
export interface TrainingWatch {
  /** Steps between two samples; 0 for none. */
  readonly samplesEvery: number;
  /** Whether what the task draws of the network is on screen. */
  readonly view: boolean;
}

/** The model a file holds. */
export interface ModelReport {
  /** The experiment it was trained in: the cell's settings are those of its weights. */
  readonly experiment: Experiment;
  /** Ids of its tokenizer, of a language model. */
  readonly vocabulary?: number;
  readonly parameters: number;
  /** Updates its weights have had. */
  readonly step: number;
}

/** What the page may ask of an engine that trains. */
export interface TrainingCommands {
  /** Read what the experiment learns from. Reports progress, can be interrupted (rejects as cancelled). */
  readonly openData: (experiment: Experiment, text: TrainingText) => Promise<DataReport>;
  /**
   * What a step of such a training takes on this device, for `predictTraining`, with no more than a small part of it
   * allocated. Reads the data as `openData` does.
   */
  readonly meterTraining: (experiment: Experiment, text: TrainingText) => Promise<MeteredProblem>;
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
   * Train until the run is finished, `count` steps are made, a sample is due, the numbers blow up, or it is
   * interrupted. With a twin a step is one of both networks; they take turns. What the task draws is drawn where it is
   * watched (the default) only, and made up for when it is watched again: with a count of 0 that is all.
   */
  readonly train: (count?: number, watch?: TrainingWatch) => Promise<TrainingProgress>;
  /** Take over settings that are `live`; others are ignored. */
  readonly changeTraining: (experiment: Experiment) => Promise<void>;
  /** The whole state of the run as a file: parameters, moments, position, experiment, what its family adds. */
  readonly saveTraining: () => Promise<Uint8Array<ArrayBuffer>>;
  /** The DEQ's weights as safetensors by its family's names; the experiment in its metadata. */
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
  /**
   * A state to keep: every 200 steps or 30 s, at the end, and at the best validation loss so far. Where it pauses nothing
   * is kept unasked.
   */
  | {
      readonly event: 'checkpoint';
      readonly step: number;
      readonly validation?: number;
      readonly file: Uint8Array<ArrayBuffer>;
    }
  /** What the task draws of the DEQ: once a run is open, and with each held-out loss while it is watched. */
  | {
      readonly event: 'looked';
      readonly step: number;
      readonly observations: readonly Observation[];
    }
  | { readonly event: 'sampled'; readonly tokens: readonly SampledToken[]; readonly step: number };
