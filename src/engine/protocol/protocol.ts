/**
 * Everything that crosses the worker's edge. Only structured-clonable data: numbers
 * leave the engine, tensors never do.
 */
import type { Experiment } from '../../schema/experiment.ts';
import type { MemoryParts, MemoryVariant } from '../../memory/memoryLaw.ts';
import type { ProblemSizes } from '../../memory/problemSizes.ts';
import type { WeightsRead } from '../../families/family.ts';
import type { Layout } from '../../families/layout.ts';
import type { Observation } from '../../families/observation.ts';
import type { IterationRecord, SolverEvent, SolveStatus } from '../../numerics/solver.ts';
import type { BackendInfo, BackendName, BackendPreference } from '../../tf/backend.ts';
import type { MemorySample } from '../../tf/memory.ts';
import type { SelfTestReport } from '../../tf/selfTest.ts';
import type { Tuning } from '../autotune.ts';
import type { Phase, SolveReport } from './solveReport.ts';
import type { KernelPreference, KernelReport } from '../kernels.ts';
import type { CheckCommands, CheckRow } from './checkProtocol.ts';
import type { ExploreCommands } from './exploreProtocol.ts';
import type { TrainingCommands, TrainingEvent } from './trainingProtocol.ts';

export type * from './checkProtocol.ts';
export type * from './exploreProtocol.ts';
export type * from './solveReport.ts';
export type * from './trainingProtocol.ts';

export type {
  BackendInfo,
  BackendName,
  BackendPreference,
  Experiment,
  IterationRecord,
  KernelPreference,
  KernelReport,
  MemoryParts,
  MemoryVariant,
  MemorySample,
  ProblemSizes,
  Layout,
  WeightsRead,
  Observation,
  SelfTestReport,
  SolverEvent,
  SolveStatus,
  Tuning,
};

/** What the engine runs on, and whether its numbers can be trusted. */
export interface DeviceReport {
  readonly backend: BackendInfo;
  readonly selfTest: SelfTestReport;
  readonly kernels: KernelReport;
}

/** The problem an experiment became. */
export interface ProblemReport {
  /** Number of this solve; the batches of records it makes carry it. */
  readonly solve: number;
  /** Trainable numbers. */
  readonly parameters: number;
  /** Shape of z, batch first. */
  readonly shape: readonly number[];
  /** What each row of the batch is: the whole sequence, or one character each. */
  readonly samples: readonly string[];
  /** How one sample's state is to be read. */
  readonly layout: Layout;
  /** What its user should know of it, a sentence each. */
  readonly notes: readonly string[];
  /** True when its states say something: records of the forward solve then come with an `observed` event each, where they are watched. */
  readonly observes: boolean;
  /** True when the weights are trained. */
  readonly trained: boolean;
  readonly memory: MemorySample;
  /** What one evaluation and pullback of it take on this device: the memory law is made of them. */
  readonly sizes: ProblemSizes;
}

/** Settings of the backward solve and of the gradient methods. */
export type BackwardSettings = Experiment['backward'];

/** What the backward solve was set up on. */
export interface AdjointReport extends SolveReport {
  /** Loss at the forward point, nats. */
  readonly loss: number;
  /** Iteration of the forward solve that the point is from: the one with the lowest residual so far, of several samples the latest. */
  readonly openedAt: number;
  /** Relative residual of the forward point (worst sample): the linearization is only as good. */
  readonly forwardResidual: number;
}

/** One gradient method beside the exact adjoint, on the current problem. */
export interface GradientRow {
  readonly kind: 'implicit' | 'shine' | 'one-step' | 'neumann' | 'phantom' | 'unrolled';
  /** With its options: "Neumann, 5 terms". */
  readonly label: string;
  /** Cosine of the angle to the exact gradient over all parameters. */
  readonly cosine: number;
  /** ‖g − g*‖₂ / ‖g*‖₂ over all parameters. */
  readonly relativeError: number;
  readonly milliseconds: number;
  /** Evaluations of f beyond the forward solve. */
  readonly evaluations: number;
  /** Backward passes through one f. */
  readonly backwardPasses: number;
  /** Peak bytes above what was live before. */
  readonly peakBytes: number;
  /** Set for methods that solve: anything but `converged` makes the gradient inexact. */
  readonly status?: SolveStatus;
}

/** All methods, and what they were compared with. */
export interface GradientReport {
  /** Iteration of the forward solve it was taken at: the one with the lowest residual so far, of several samples the latest. */
  readonly iteration: number;
  readonly rows: readonly GradientRow[];
  /** `dense`: (I − Jᵀ)⁻¹ by elimination in float64; `implicit`: an adjoint solve to 1e-6. */
  readonly reference: 'dense' | 'implicit';
  /** Of the implicit reference: anything but `converged` makes every error only approximate. */
  readonly referenceStatus?: SolveStatus;
  /** Numbers in z, batch included. */
  readonly size: number;
}

/** A complex number. */
export type Complex = readonly [real: number, imaginary: number];

/** The Jacobian ∂f/∂z at the best forward point so far. */
export interface SpectrumReport {
  /** Iteration of the forward solve it was taken at: the one with the lowest residual so far, of several samples the latest. */
  readonly iteration: number;
  /** Spectral radius ρ: Picard converges here, in the end, where it is below 1. */
  readonly radius: number;
  /** False when the estimate still changes; show it as "not settled". */
  readonly settled: boolean;
  /** Largest singular value σ: below 1 the error shrinks at every step. */
  readonly sigma: number;
  readonly sigmaSettled: boolean;
  /** How Jv was computed: "exact" from the dense Jacobian, or by a central difference of f. */
  readonly method: 'dense' | 'iterative';
  /** All eigenvalues, when batch × state ≤ 256. */
  readonly eigenvalues?: readonly Complex[];
}

/** One training step of one network at one depth, measured on this device. */
export interface MemoryReport {
  readonly variant: MemoryVariant;
  /** Evaluations of f in the forward pass. */
  readonly depth: number;
  /** Peak live bytes. */
  readonly peak: number;
  readonly parts: MemoryParts;
  /** Bytes the device has reserved by then; never shrinks within a worker. */
  readonly pool: number;
  /** False where bytes are logical (no WebGPU). */
  readonly exact: boolean;
  readonly milliseconds: number;
}

/** Everything the page may ask of the engine. The worker's session implements it, the client is it. */
export interface EngineCommands extends CheckCommands, ExploreCommands, TrainingCommands {
  /**
   * Choose a backend, of a list the first that works, and check its numerics, and those of the kernels (default `auto`) unless another
   * engine has `checked` them on this device.
   */
  readonly boot: (
    preference: BackendPreference | readonly BackendName[],
    kernels?: KernelPreference,
    checked?: boolean,
  ) => Promise<DeviceReport>;
  /**
   * Build the experiment's problem and start its forward solve from z0; nothing is evaluated yet.
   * `weights`: a model file, needed where the experiment's weights are not random.
   */
  readonly configure: (
    experiment: Experiment,
    weights?: Uint8Array<ArrayBuffer>,
  ) => Promise<ProblemReport>;
  /**
   * Look a file of weights over: the set-up that solves with it, given the one on screen. Nothing here changes. Rejects as
   * bad input, in words, where the file or the family does not allow it.
   */
  readonly readWeights: (
    experiment: Experiment,
    file: Uint8Array<ArrayBuffer>,
  ) => Promise<WeightsRead>;
  /** The configured problem's weights as a file, by the names of its family's paper. */
  readonly exportWeights: () => Promise<Uint8Array<ArrayBuffer>>;
  /**
   * A set-up as a Python program and its weights, to go on in PyTorch. `weights`: as `configure`'s. It is solved here
   * once, so that the program can tell whether it computes the same. What was configured stays. `build`: version and commit.
   */
  readonly exportTorch: (
    experiment: Experiment,
    build: string,
    weights?: Uint8Array<ArrayBuffer>,
  ) => Promise<TorchFiles>;
  /** Go back to z0 of the configured problem: an exact replay. Ends the backward solve too. */
  readonly reset: () => Promise<SolveReport>;
  /**
   * Linearize f at the best forward point so far and start the adjoint solve there, from u = 0, with the solver of
   * `settings`; the forward solve stays as it is. Needs at least one forward record.
   */
  readonly openBackward: (settings: BackwardSettings) => Promise<AdjointReport>;
  /**
   * Make `count` more records (the first is iteration 0, the starting point itself). Unless somebody is `watching` (the
   * default), none but iteration 0 comes with what its state says.
   */
  readonly step: (phase: Phase, count: number, watching?: boolean) => Promise<SolveReport>;
  /**
   * Make records until the solve ends or `interrupt` is called.
   * `perSecond` paces it; absent means as fast as it goes. `watching`: as `step`'s.
   */
  readonly run: (phase: Phase, perSecond?: number, watching?: boolean) => Promise<SolveReport>;
  /**
   * Milliseconds of one iteration of the configured problem, as `run` makes them, from solves beside that on screen, which
   * stays as it is; they are made anew until `least` milliseconds have gone. An interrupt rejects it as cancelled.
   */
  readonly timeIterations: (least: number) => Promise<number>;
  /**
   * Compare the gradient methods, as `settings` has them, at the best forward point so far. Slow; reports progress. An
   * interrupt rejects it as cancelled.
   */
  readonly compareGradients: (settings: BackwardSettings) => Promise<GradientReport>;
  /**
   * Spectral radius and norm of ∂f/∂z at the best forward point so far; needs one forward record. An interrupt rejects it
   * as cancelled.
   */
  readonly spectrum: () => Promise<SpectrumReport>;
  /**
   * One training step of `variant` at each depth, in order, with its peak memory. Meant for an
   * engine of its own, that has only been booted. Reports progress, can be interrupted (what was
   * measured by then is returned).
   */
  readonly measureMemory: (
    experiment: Experiment,
    variant: MemoryVariant,
    depths: readonly number[],
  ) => Promise<readonly MemoryReport[]>;
}

/** How far a slow command has come. */
export interface Progress {
  readonly done: number;
  /** 0 where it is not known yet. */
  readonly total: number;
  readonly label: string;
}

/** The two files that go on in PyTorch. */
export interface TorchFiles {
  /** Name and text of the program. */
  readonly program: { readonly name: string; readonly text: string };
  /** Name and bytes of the weights, a model file that the Train view opens too. */
  readonly weights: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };
  /** Loss of the input where the solve here ended, and how that was. */
  readonly loss: number;
  readonly status: SolveStatus;
  /** What to type after `python`, to train. */
  readonly trainCommand: string;
}

/** That, with what came of it so far. */
export interface ProgressNews extends Progress {
  /** Of `measureMemory`: all that was measured so far. */
  readonly reports?: readonly MemoryReport[];
  /** Of `check`: the rows made since the last news. */
  readonly checks?: readonly CheckRow[];
}

/** Everything the engine says unasked. Records come in batches, at most ten a second. */
export type EngineEvent =
  | {
      readonly event: 'records';
      readonly phase: Phase;
      /** Goes up by one at every `configure`, `reset` and `openBackward`, so that late batches can be told apart. */
      readonly solve: number;
      readonly records: readonly IterationRecord[];
      readonly status: SolveStatus;
      readonly memory: MemorySample;
    }
  /** Whether GPU kernels are being compiled for what was configured. */
  | { readonly event: 'compiling'; readonly active: boolean }
  /** What z_k says. */
  | {
      readonly event: 'observed';
      readonly solve: number;
      readonly iteration: number;
      readonly observations: readonly Observation[];
    }
  | TrainingEvent
  /** Of the client: whether the engine has owed an answer for long without a sign of life. */
  | { readonly event: 'quiet'; readonly quiet: boolean }
  | { readonly event: 'fault'; readonly fault: Fault };

/** `engine-lost`: the worker has closed itself or answers nothing; another one can take its place. */
export type FaultKind =
  | 'no-backend'
  | 'device-lost'
  | 'engine-lost'
  | 'out-of-memory'
  | 'bad-input'
  | 'cancelled'
  | 'internal';

/** A failure, in words for the user: what happened and what to do. */
export interface Fault {
  readonly kind: FaultKind;
  readonly message: string;
  readonly stack?: string;
}

/** A command. Its `id` is what interrupts, progress and the reply name. */
export type Request = {
  [K in keyof EngineCommands]: {
    readonly id: number;
    readonly command: K;
    readonly args: Parameters<EngineCommands[K]>;
  };
}[keyof EngineCommands];

/** Ends these commands early, running or waiting; skips the queue. */
export interface Interrupt {
  readonly interrupt: readonly Request['id'][];
}

/** Skips the queue too, and is answered as soon as the worker's event loop runs. */
export interface Ping {
  readonly ping: true;
}

/** That the worker lives. The first one comes unasked, once it holds the lock of its name, if there are locks. */
export interface Pong {
  readonly pong: true;
  readonly locked?: boolean;
}

/** News of a command that still runs, for whoever asked for it. */
export interface Progressed {
  readonly id: Request['id'];
  readonly progress: ProgressNews;
}

/** The one answer to a request. */
export type Reply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly fault: Fault };
