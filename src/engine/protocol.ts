/**
 * Everything that crosses the worker's edge. Only structured-clonable data: numbers
 * leave the engine, tensors never do.
 */
import type { Experiment } from '../config/experiment.ts';
import type { IterationRecord, SolverEvent, SolveStatus } from '../solvers/solver.ts';
import type { BackendInfo, BackendPreference } from '../tf/backend.ts';
import type { MemorySample } from '../tf/memory.ts';
import type { SelfTestReport } from '../tf/selfTest.ts';

export type {
  BackendInfo,
  BackendPreference,
  Experiment,
  IterationRecord,
  MemorySample,
  SelfTestReport,
  SolverEvent,
  SolveStatus,
};

/** What the engine runs on, and whether its numbers can be trusted. */
export interface DeviceReport {
  readonly backend: BackendInfo;
  readonly selfTest: SelfTestReport;
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
  /** Characters read as "unknown"; always 0 for text that fits the alphabet. */
  readonly unknown: number;
  readonly memory: MemorySample;
}

/** How a command that advances the solve left it. */
export interface SolveReport {
  /** Number of the solve; `reset` and `configure` start a new one. */
  readonly solve: number;
  readonly status: SolveStatus;
  /** True when `interrupt` ended it early. */
  readonly interrupted: boolean;
}

/** Everything the page may ask of the engine. The worker's session implements it, the client is it. */
export interface EngineCommands {
  /** Choose a backend and check its numerics. */
  readonly boot: (preference: BackendPreference) => Promise<DeviceReport>;
  /** Build the experiment's problem and start its solve from z0; nothing is evaluated yet. */
  readonly configure: (experiment: Experiment) => Promise<ProblemReport>;
  /** Go back to z0 of the configured problem: an exact replay. */
  readonly reset: () => Promise<SolveReport>;
  /** Make `count` more records (the first is iteration 0, z0 itself). */
  readonly step: (count: number) => Promise<SolveReport>;
  /**
   * Make records until the solve ends or `interrupt` is called.
   * `perSecond` paces it; absent means as fast as it goes.
   */
  readonly run: (perSecond?: number) => Promise<SolveReport>;
}

/** Everything the engine says unasked. Records come in batches, at most ten a second. */
export type EngineEvent =
  | {
      readonly event: 'records';
      /** Goes up by one at every `configure` and `reset`, so that late batches can be told apart. */
      readonly solve: number;
      readonly records: readonly IterationRecord[];
      readonly status: SolveStatus;
      readonly memory: MemorySample;
    }
  | { readonly event: 'fault'; readonly fault: Fault };

export type FaultKind =
  'no-backend' | 'device-lost' | 'out-of-memory' | 'bad-input' | 'cancelled' | 'internal';

/** A failure, in words for the user: what happened and what to do. */
export interface Fault {
  readonly kind: FaultKind;
  readonly message: string;
  readonly stack?: string;
}

export type Request = {
  [K in keyof EngineCommands]: {
    readonly id: number;
    readonly command: K;
    readonly args: Parameters<EngineCommands[K]>;
  };
}[keyof EngineCommands];

/** Skips the queue. */
export interface Interrupt {
  readonly interrupt: true;
}

export type Reply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly fault: Fault };
