/** Training as the page knows it: what is shown, what the visitor can do, and what its parts share. */
import type { Experiment } from '../../../src/schema/experiment.ts';
import type { FieldPath } from '../../../src/schema/fields.ts';
import type {
  BackendPreference,
  DataReport,
  DeviceReport,
  Fault,
  MemorySample,
  ModelReport,
  Observation,
  SampleReport,
  SampledToken,
  TrainRecord,
  TrainingReport,
  TrainingText,
} from '../../../src/engine/protocol/protocol.ts';
import type { MeteredStep } from './memoryGuard.ts';
import type { Remedy, Treatment } from './remedies.ts';
import type { Newest, TrainSeries } from './series.ts';
import type { Bytes } from '../files.ts';
import type { EngineLane } from '../engine/lane.ts';
import type { StoreAccess, Watch } from '../state.ts';
import type { Weights } from '../config/weights.ts';
import type { Shelf } from './checkpoints/shelf.ts';

/** The text that is learnt from. */
export interface Corpus {
  /** The visitor's own text; kept while a built-in one is chosen. */
  readonly own: string;
  /** Texts that a link, a file or another tab took the place of, newest first: none is lost. */
  readonly aside: readonly string[];
  /** Why the last file or text was not taken, in words. What was there before is still there. */
  readonly problem: string | null;
  /** What the current set-up learns from; null until it has been read. */
  readonly report: DataReport | null;
  /** While the text is being read. */
  readonly reading: {
    readonly label: string;
    readonly done: number;
    readonly total: number;
  } | null;
}

/** How the run on screen stands; the page's words follow from this alone. */
export type RunPhase =
  /** There is no run; Train begins one. */
  | 'idle'
  /** The engine is starting, or the text is being read, or parameters are being made. */
  | 'preparing'
  | 'running'
  /** Asked to stop after the step it is in. */
  | 'pausing'
  | 'paused'
  | 'finished'
  /** The loss or the gradient was not a finite number at the newest step; no update was made. */
  | 'nonfinite'
  /** The loss rose far above guessing; no update was made. */
  | 'diverged'
  /** `fault` says why. */
  | 'failed';

/** One training run. */
export interface Run {
  readonly id: string;
  /** The settings it was begun with, live changes included. */
  readonly applied: Experiment;
  readonly report: TrainingReport;
  /** Newest record of each network. */
  readonly newest: Newest;
  /** The newest record that has a validation loss. */
  readonly validated: Newest;
  /** All records, outside React; charts read it when `version` changes. */
  readonly series: TrainSeries;
  readonly version: number;
  /** Seconds to the end at the recent pace; null until ten steps are known. */
  readonly secondsLeft: number | null;
  /** Median over the last twenty steps, warm-up excluded; null before. */
  readonly examplesPerSecond: number | null;
}

/** A state kept in this browser. */
export interface CheckpointEntry {
  readonly id: string;
  readonly runId: string;
  readonly step: number;
  readonly steps: number;
  /** nats a token. */
  readonly validation: number | null;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  /** The lowest validation loss of its run. */
  readonly best: boolean;
  readonly experiment: Experiment;
}

/** A sample on screen, or in the timeline of automatic ones. */
export interface Sample {
  readonly prompt: string;
  readonly tokens: readonly SampledToken[];
  /** Updates the model had; null for a model from a file. */
  readonly step: number | null;
  readonly report: SampleReport | null;
}

/** Everything about training in the store. */
export interface TrainSlice {
  readonly corpus: Corpus;
  readonly run: Run | null;
  readonly runPhase: RunPhase;
  /** What failed, in words; dismissed by the next action. */
  readonly trainFault: Fault | null;
  /** Where training computes. */
  readonly trainBackend: BackendPreference;
  readonly trainDevice: DeviceReport | null;
  readonly trainMemory: MemorySample | null;
  /** What a step of the newest training that was metered takes; `predictedPeak` says whether it is the rail's. */
  readonly meteredStep: MeteredStep | null;
  /**
   * Settings that differ from the run's and need a restart, in table order. Live ones are applied
   * as the visitor changes them; a link's or a preset's are not, and are listed here too.
   */
  readonly restartNeeded: readonly FieldPath[];
  /** Remedies the visitor applied and did not take back, with what they changed. */
  readonly treatments: { readonly [R in Remedy]?: Treatment };
  readonly checkpoints: readonly CheckpointEntry[];
  /** A run of an earlier visit that was not finished: offered once, after a reload or a crash. */
  readonly resumable: CheckpointEntry | null;
  /** Why a checkpoint could not be kept or opened, in words. */
  readonly checkpointProblem: string | null;
  /** The model from a file or of this page's own that samples and the lens use when nothing was trained. */
  readonly model: (ModelReport & { readonly name: string }) | null;
  /** Name of the model that `model` took the place of; null while there was none. */
  readonly replacedModel: string | null;
  /** Why the last model could not be opened, fetched or put into the Solve view, in words. */
  readonly modelProblem: string | null;
  /** What the weights kept for the Solve view as "yours" were trained in; null while there are none. */
  readonly ownWeights: Experiment | null;
  readonly sample: Sample | null;
  readonly sampling: boolean;
  /** What the task drew of the run last, and after how many steps; null where it draws nothing. */
  readonly looked: { readonly step: number; readonly observations: readonly Observation[] } | null;
  /** Automatic samples of the run, oldest first. */
  readonly timeline: readonly Sample[];

  /**
   * Takes a text and switches the corpus to it. Refusals go to `corpus.problem`. With `instead`, as
   * of a text from elsewhere, the one before is set aside.
   */
  readonly setTrainingText: (text: string, instead?: boolean) => void;
  /** Brings the newest text set aside back, and sets the one on screen aside. */
  readonly bringBackText: () => void;
  /** Takes a dropped or chosen file: a text, or a safetensors model. */
  readonly openTrainingFile: (file: File) => Promise<void>;
  /** Resolves with the kept own text once it has been looked for; empty when there is none. */
  readonly ownTextLoaded: () => Promise<string>;
  /** Read the corpus again if its settings changed; called when the Train view shows it. */
  readonly readCorpus: () => void;
  /** Begin, or go on after a pause. */
  readonly train: () => void;
  readonly pauseTraining: () => void;
  /** One more step (of both networks in a twin run). */
  readonly stepTraining: () => void;
  /** Whether what the task draws of the network is on screen. */
  readonly watchTrainView: (seen: boolean) => void;
  /** Ends the run; its checkpoints stay, and its newest state becomes one. */
  readonly stopTraining: () => void;
  /** Keeps the newest state of the run in this browser, before a reload. Never rejects. */
  readonly keepRun: () => Promise<void>;
  /** Whether the visitor is being asked if the run may end. */
  readonly stopAsked: boolean;
  /** Asks before a run with something to lose ends; one without ends at once. */
  readonly askToStop: () => void;
  readonly keepTraining: () => void;
  /** Begin again with the settings in the rail. */
  readonly restartTraining: () => void;
  /** After numbers blew up: the last good checkpoint, with remedies; by default half the learning rate. */
  readonly recoverTraining: (remedies?: readonly Remedy[]) => void;
  /**
   * Applies a remedy to the set-up and to the run, a paused one too, from its next step on; or takes
   * back what it changed.
   */
  readonly treat: (remedy: Remedy) => void;
  readonly setTrainBackend: (backend: BackendPreference) => void;
  /** Takes the run to a new engine, since what engines start with has changed. */
  readonly exchangeTrainEngine: () => void;
  readonly resume: (id: string) => void;
  /**
   * Takes a run that made way for another back on screen, from its newest kept state, at rest where it rested. The
   * set-up in the rail stays as it is. Not kept: says so.
   */
  readonly bringBackRun: (runId: string, rests: boolean) => void;
  /** Declines `resumable`. */
  readonly forgetResumable: () => void;
  readonly deleteCheckpoint: (id: string) => void;
  /** A kept state as a file. */
  readonly downloadCheckpoint: (id: string) => void;
  /** The model of the run, or else the opened one, as a file; null where there is none. Rejects with words. */
  readonly modelFile: () => Promise<ModelFile | null>;
  /** The model of the run as safetensors. */
  readonly downloadModel: () => void;
  /** Puts the model of the run (or the opened file) into the Solve view and shows that. */
  readonly openInSolve: () => void;
  readonly dismissModelProblem: () => void;
  /** Opens `replacedModel` again, in place of `model`. */
  readonly bringBackModel: () => void;
  /** Loads the pretrained model, for samples. */
  readonly loadPretrained: () => void;
  /** Writes a sample with the settings in the rail; ends the one being written. */
  readonly drawSample: () => void;
  readonly stopSample: () => void;
}

/** A model as a file, and the set-up it was made in. */
export interface ModelFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly experiment: Experiment;
}

/** What the visitor can do about training. */
export type TrainActions = Pick<
  TrainSlice,
  {
    [K in keyof TrainSlice]: TrainSlice[K] extends (...given: never[]) => unknown ? K : never;
  }[keyof TrainSlice]
>;

/** How training stands. */
export type TrainState = Omit<TrainSlice, keyof TrainActions>;

/** What goes with the run on screen and is not drawn. Replaced with the run, changed within it. */
export interface Backstage {
  readonly text: TrainingText;
  /** The newest state as a file, and the step it was taken at; null before the first checkpoint. */
  point: { readonly file: Bytes; readonly step: number } | null;
  /** Number of the engine that holds the run; 0 when it has to be opened again from `point`. */
  epoch: number;
  /** Step at which that engine took it up. */
  since: number;
  /** Updates made. */
  step: number;
  /** Whether live settings wait to be told to the engine. */
  dirty: boolean;
  /** Records that no checkpoint has been kept with yet. */
  unsaved: TrainRecord[];
  /** Milliseconds spent on training and on automatic samples in this visit. */
  trained: number;
  sampled: number;
}

/** What the engine that trains is asked for; one turn is one command. Who trains or writes a timeline makes way. */
export type Turn = 'open' | 'change' | 'train' | 'timeline' | 'sample' | 'corpus' | 'file';

/** What the parts of training share. */
export interface TrainAccess extends StoreAccess, Watch {
  readonly lane: EngineLane<Turn>;
  readonly shelf: Shelf;
  readonly weights: Weights;
  readonly now: () => number;
  readonly frame: (callback: () => void) => void;
  /** Of the run on screen; null without one. */
  readonly backstage: () => Backstage | null;
  readonly setBackstage: (backstage: Backstage | null) => void;
}

/** Whether the engine is at work on the run, and has time for nothing else. */
export const isBusy = (phase: RunPhase): boolean =>
  phase === 'preparing' || phase === 'running' || phase === 'pausing';

/** A run whose text is known and that no engine holds yet. */
export const newBackstage = (text: TrainingText, point: Backstage['point']): Backstage => ({
  text,
  point,
  epoch: 0,
  since: point?.step ?? 0,
  step: point?.step ?? 0,
  dirty: false,
  unsaved: [],
  trained: 0,
  sampled: 0,
});
