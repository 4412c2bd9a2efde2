import type { Experiment } from '../../src/schema/experiment.ts';
import type { FieldPath } from '../../src/schema/fields.ts';
import type { PresetName } from '../../src/schema/presets.ts';
import type { Axis, Measure, Scale } from '../charts/series.ts';
import type { Timings } from './engine/backends.ts';
import type {
  BackendPreference,
  DeviceReport,
  Fault,
  IterationRecord,
  KernelPreference,
  MemorySample,
  Phase,
  ProblemReport,
  ProblemSizes,
  Observation,
  SolveStatus,
} from '../../src/engine/protocol/protocol.ts';
import type { View } from '../../src/schema/link.ts';
import type { BranchSlice, ToolSlice, TuningSlice } from './solve/explore.ts';
import type { CursorSlice } from './solve/cursorSlice.ts';
import type { InsightSlice } from './solve/insightSlice.ts';
import type { PinSlice } from './solve/pins.ts';
import type { EvidenceSlice } from './solve/evidence.ts';
import type { StudySlice } from './memory/studySlice.ts';
import type { GuideSlice } from './page/guide.ts';
import type { FrameSlice } from './page/frame.ts';
import type { HistorySlice } from './config/history.ts';
import type { RaceSlice } from './solve/race.ts';
import type { RunsSlice } from './runs/runsSlice.ts';
import type { TrainSlice } from './train/types.ts';
import type { UntilSlice } from './solve/until.ts';
import type { TorchSlice } from './config/torchFiles.ts';
import type { WeightsFileSlice } from './config/weightsFile.ts';

/** Which of the two solves. (`Phase` here is how the page stands.) */
export type Pass = Phase;

/** The set-up the visitor sees in the rail. The address bar and the engine follow it. */
export interface ConfigSlice {
  readonly experiment: Experiment;
  /** What the last change of a field had to be bent to, in words. */
  readonly notes: Readonly<Partial<Record<FieldPath, string>>>;
  readonly change: (path: FieldPath, raw: unknown) => void;
  /** Gives one field its preset's value back. */
  readonly restore: (path: FieldPath) => void;
  /** Gives every field its preset's value back. */
  readonly restoreAll: () => void;
  readonly choosePreset: (name: PresetName) => void;
  /** The preset that was asked for, or stands for the family that was, while that family is fetched; else null. */
  readonly opening: PresetName | null;
  /**
   * Takes a whole set-up, from a link or from the browser's history; with `again` as one setting is taken.
   */
  readonly open: (experiment: Experiment, again?: boolean) => void;
  /** Like `open`, but the weights are others even where no setting differs. */
  readonly openModel: (experiment: Experiment, again?: boolean) => void;
  /** Whether a changed setting is solved to the end at once where the solve on screen had been. */
  readonly autoRun: boolean;
  readonly setAutoRun: (autoRun: boolean) => void;
}

/** The backward solve: opened at one forward point, and gone when that or the settings change. */
export interface Adjoint {
  readonly solve: number;
  readonly records: readonly IterationRecord[];
  readonly status: SolveStatus;
  /** Iteration of the forward solve that f was linearized at: the one with the lowest residual. */
  readonly openedAt: number;
  /** Relative residual of the forward point (worst sample): the linearization is only as good. */
  readonly forwardResidual: number;
}

/** The solve on screen: recorded until the visitor does anything, then live. */
export interface SolveSlice {
  readonly source: 'recorded' | 'live';
  /** The set-up the records belong to; before there are any, the one to be opened. */
  readonly applied: Experiment;
  /** What the engine said of `applied`; null before it has opened that. */
  readonly problem: ProblemReport | null;
  /** What the engine has metered of the problem of a set-up; null before it has. */
  readonly metered: { readonly experiment: Experiment; readonly sizes: ProblemSizes } | null;
  /** Number of the solve the records belong to; −1 before the first. */
  readonly solve: number;
  readonly records: readonly IterationRecord[];
  readonly status: SolveStatus;
  /** What each record's state says comes next, position by position; empty with random weights. */
  readonly observed: readonly (readonly Observation[])[];
  /** GPU kernels are being compiled for the set-up. */
  readonly compiling: boolean;
  /** What the visitor has asked for and isn't done yet. */
  readonly activity: 'idle' | 'stepping' | 'running';
  /** What is drawn is being solved while the pen moves on, on screen or ahead of it. */
  readonly following: boolean;
  /** Pace of the newest run. */
  readonly pace: Speed;
  /** Which solve is shown; the transport drives that one. */
  readonly pass: Pass;
  readonly adjoint: Adjoint | null;
  /** Evaluations of f that the last finished forward solve used; null before the first. */
  readonly finished: number | null;
  readonly showPass: (pass: Pass) => void;
  /** Goes on by so many iterations, one unless said: through what is recorded, then by computing. */
  readonly step: (count?: number) => void;
  readonly play: () => void;
  readonly pause: () => void;
  readonly runToEnd: () => void;
  readonly reset: () => void;
}

/** The engine: whether it lives, what it runs on, what it holds, what went wrong. */
export interface DeviceSlice {
  readonly engine: 'off' | 'starting' | 'on' | 'stopped';
  readonly device: DeviceReport | null;
  readonly memory: MemorySample | null;
  readonly fault: Fault | null;
  /** Something that mended itself and that the visitor should know. */
  readonly notice: string | null;
  /** Kernels the visitor asks for, in all engines; kept for later visits. */
  readonly kernels: KernelPreference;
  /** What the Solve view's engine is asked to compute on; kept for later visits. */
  readonly solveBackend: BackendPreference;
  /** Work that was timed on both backends: what `auto` goes by. */
  readonly timings: Timings;
  readonly startEngine: () => void;
  readonly restartEngine: () => void;
  readonly dismissNotice: () => void;
  /** Starts the engines again, with the same set-up and the run they train. */
  readonly setKernels: (kernels: KernelPreference) => void;
  /** Starts the engine again on that backend, with the same set-up. */
  /** Milliseconds of one iteration of the solve on screen, which stays as it is; null where it gave way to something. */
  readonly timeHere: (least: number) => Promise<number | null>;
  readonly setSolveBackend: (backend: BackendPreference) => void;
}

/** Iterations a second that Play aims at. */
export type Speed = 1 | 4 | 16 | 'max';

/** How the visitor looks at it; changes nothing that is computed. */
export interface UiSlice {
  /** The page on screen. */
  readonly view: View;
  readonly showView: (view: View) => void;
  readonly speed: Speed;
  /** Null: whichever residual the solve stops on. */
  readonly measure: Measure | null;
  readonly axis: Axis;
  /** Of the vertical axis of residual charts. */
  readonly scale: Scale;
  readonly residualView: 'chart' | 'table';
  /** Whether the other solve's curve is drawn behind the shown one. */
  readonly overlay: boolean;
  readonly setOverlay: (overlay: boolean) => void;
  readonly setSpeed: (speed: Speed) => void;
  readonly setMeasure: (measure: Measure) => void;
  readonly setAxis: (axis: Axis) => void;
  readonly setScale: (scale: Scale) => void;
  readonly setResidualView: (view: 'chart' | 'table') => void;
}

/** The set-up: its settings, what they were before, the weights it uses. */
type Config = ConfigSlice & HistorySlice & TorchSlice & WeightsFileSlice;

/** The solve on screen, where one looks at it, what was tried beside it, and what it shows. */
type Solve = SolveSlice &
  CursorSlice &
  BranchSlice &
  PinSlice &
  RaceSlice &
  ToolSlice &
  TuningSlice &
  UntilSlice &
  EvidenceSlice &
  InsightSlice;

/** How the page stands, whatever it computes. */
type Page = UiSlice & FrameSlice & GuideSlice;

/** Everything the page knows, by the rooms of the store. */
export type AppState = DeviceSlice & Config & Solve & StudySlice & TrainSlice & RunsSlice & Page;

/** What a slice needs to write: the part of a zustand store it uses. */
export interface StoreAccess {
  readonly get: () => AppState;
  readonly set: (change: Partial<AppState>) => void;
}

/** The part of the store that tells of changes. */
export interface Watch {
  readonly get: () => AppState;
  /** Calls back when what `select` takes of the state is another; `equalityFn` compares, by default as `Object.is` does. */
  readonly subscribe: <T>(
    select: (state: AppState) => T,
    listener: (now: T, before: T) => void,
    options?: {
      readonly equalityFn?: (a: T, b: T) => boolean;
      readonly fireImmediately?: boolean;
    },
  ) => () => void;
}
