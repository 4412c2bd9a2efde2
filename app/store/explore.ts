/** What the Solve view's instruments keep: types alone, so that the state can name them. */
import type { Experiment } from '../../src/schema/experiment.ts';
import type {
  InspectReport,
  IterationRecord,
  Phase,
  SolutionDistance,
  SolveStatus,
  StepReport,
} from '../../src/engine/protocol/protocol.ts';

/** The solve that a branch left. */
export interface Parent {
  readonly experiment: Experiment;
  readonly branch: Branch | null;
  /** All that it had made. */
  readonly records: readonly IterationRecord[];
  readonly status: SolveStatus;
}

/** A forward solve that went on from an iteration of another one. */
export interface Branch {
  /** The iteration of the parent at which it starts; its own records are numbered on from there. */
  readonly at: number;
  /** The parent's set-up with the branch's solver. */
  readonly experiment: Experiment;
  /** Size of the noise that z_at was kicked with, relative to it; null where it was left alone. */
  readonly noise: number | null;
  readonly parent: Parent;
  /** How far its solution is from the parent's, once it has ended. */
  readonly distance: SolutionDistance | null;
}

/** What starts a branch. */
export interface BranchSlice {
  readonly branch: Branch | null;
  /**
   * Goes on from the iteration shown with the solver of `experiment`; with `noise`, from a point
   * that far off, and then to the end.
   */
  readonly fork: (experiment: Experiment, noise?: number) => void;
  /** Finds out how far the solution of a branch that has ended is from its parent's. */
  readonly judgeBranch: () => void;
}

/** A trace kept in the chart while others are made. */
export interface Pin {
  /** Its place among the five, which gives it its colour and dash. */
  readonly slot: number;
  readonly pass: Phase;
  readonly solve: number;
  readonly experiment: Experiment;
  readonly branch: Branch | null;
  readonly records: readonly IterationRecord[];
  /** Kept because a setting was changed while the visitor looked back: drawn paler. */
  readonly faint: boolean;
}

/** The kept traces. */
export interface PinSlice {
  readonly pins: readonly Pin[];
  /** Keeps the shown trace; the oldest gives way to a sixth. */
  readonly pin: (faint?: boolean) => void;
  readonly unpin: (slot: number) => void;
}

/** Where in the record the page looks: one iteration and one position for all its pictures. */
export interface CursorSlice {
  /** The iteration that everything shows, of the solve on screen; null: the newest, as it comes. */
  readonly cursor: number | null;
  /** The position or sample that everything points out; null for none. */
  readonly token: number | null;
  /** Whether what has been recorded is being played again. */
  readonly replaying: boolean;
  /** Shows an iteration, pausing what runs; null or the newest: whatever comes next, too. */
  readonly goTo: (iteration: number | null) => void;
  /** Shows what was so many iterations before. */
  readonly back: (count: number) => void;
  readonly selectToken: (token: number | null) => void;
}

/** An answer of the engine about the forward solve, and what it was asked. */
export interface Insight<R> {
  /** The newest answer; it may be about an older solve (see its `solve`). */
  readonly report: R | null;
  /** The last question that was answered to the end or failed; null when it gave way. */
  readonly settled: string | null;
  readonly busy: boolean;
  /** Why the last attempt gave nothing, in words. */
  readonly failure: string | null;
}

/** Who wants to look inside a step: each has an answer of its own. */
export type StepKey = 'anatomy' | 'lastStep';

/** Pictures of the recorded iterations, and the inside of one step. Who shows them asks again. */
export interface InsightSlice {
  readonly pictures: Insight<InspectReport>;
  readonly anatomy: Insight<StepReport>;
  /** The last step of a solve that ended badly, for its diagnosis: asked beside `anatomy`'s, never instead. */
  readonly lastStep: Insight<StepReport>;
  /** Asks for pictures of all iterations so far. A recorded run is computed here first. */
  readonly inspect: (sample: number) => void;
  /** Asks what the step from `iteration` to the next did inside. */
  readonly explain: (iteration: number, sample: number, keep?: StepKey) => void;
}
