/** Commands that look into a forward solve: what was at an iteration, and what would follow from it. */
import type { Axis } from '../../families/layout.ts';
import type { Experiment } from '../../schema/experiment.ts';
import type { InverseEstimate, Mixing, StepAnatomy } from '../../numerics/explain.ts';
import type { IterationRecord, SolveStatus } from '../../numerics/solver.ts';
import type { SolveReport } from './solveReport.ts';

export type { InverseEstimate, Mixing };

/** What the rows of a state map are: entries of an axis of the state, its parts, or whole samples. */
export type StateRowKind = Axis | 'parts' | 'samples';

/** What the pieces of a state did, iteration by iteration. */
export interface StateMap {
  readonly kind: StateRowKind;
  /** What each row is: one token of the text, one layer, one sample. */
  readonly rows: readonly string[];
  /** `relative[k][row]`: ‖f(z) − z‖₂ / (‖f(z)‖₂ + 1e-9) of that row at iteration k. */
  readonly relative: readonly (readonly number[])[];
}

/** The way of a solve through state space, drawn in two dimensions. */
export interface Trajectory {
  /** `plane`: the state has two dimensions, these are they. `pca`: the recorded points' principal components. */
  readonly basis: 'plane' | 'pca';
  /** z_k, one point an iteration. */
  readonly points: readonly (readonly [number, number])[];
  /** Share of the points' variance along each axis; absent for a plane. */
  readonly explained?: readonly [number, number];
}

/** f(z) − z on a grid of the plane, for states of two dimensions. */
export interface VectorField {
  /** Grid coordinates. */
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** `arrows[row][column]`: f(z) − z at `(xs[column], ys[row])`. */
  readonly arrows: readonly (readonly (readonly [number, number])[])[];
}

/** One part of a sample's state through the iterations, laid out in planes of rows and columns. */
export interface FilmPart {
  readonly name: string;
  /** Of the part itself, without the batch. */
  readonly shape: readonly number[];
  readonly axes: readonly Axis[];
  readonly planes: number;
  readonly rows: number;
  readonly columns: number;
  /** How many of the part's own entries each drawn one stands for, along each axis; 1 leaves nothing out. */
  readonly every: { readonly planes: number; readonly rows: number; readonly columns: number };
  /** Whether a drawn entry is the mean of those; else it is the first of them. */
  readonly averaged: boolean;
  /** `[iterations, planes, rows, columns]`, row-major. */
  readonly frames: Float32Array;
}

/** The chosen sample's state, part by part, iteration by iteration; at most about 800 kB. */
export interface StateFilm {
  /** Iterations that have a frame, ascending: the first, the newest, and as many between as there is room for. */
  readonly iterations: readonly number[];
  readonly parts: readonly FilmPart[];
}

/** The recorded iterations, as pictures need them. */
export interface InspectReport {
  /** The solve that was looked into. */
  readonly solve: number;
  readonly map: StateMap;
  readonly trajectory: Trajectory;
  readonly field?: VectorField;
  readonly film: StateFilm;
}

/** What one iteration did inside: the step from z_k to z_{k+1}, for the sample that was asked for. */
export interface StepReport extends StepAnatomy {
  readonly solve: number;
  /** k. */
  readonly iteration: number;
  readonly method: Experiment['solver']['method'];
}

/** Where a fork starts. */
export interface ForkPoint {
  /** Iteration of the forward solve on the engine. */
  readonly iteration: number;
  /** Adds noise of this size relative to ‖z_k‖ (each sample its own), drawn from the seed. */
  readonly noise?: { readonly size: number; readonly seed: number };
}

/** How far the newest forward solution is from its parent's. */
export interface SolutionDistance {
  /** ‖z − z'‖₂ over the whole batch. */
  readonly distance: number;
  /** That over ‖z'‖₂. */
  readonly relative: number;
}

/** Wall times of a solver's whole run at full speed, in milliseconds, over its timed runs. */
export interface RaceTimes {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  /** Timed runs. */
  readonly runs: number;
}

/** One solver's runs in a race. */
export interface RaceRow {
  /** Index of its experiment among those given. */
  readonly lane: number;
  /** Of the run that took the median time. */
  readonly records: readonly IterationRecord[];
  readonly status: SolveStatus;
  readonly evaluations: number;
  /** Null where the race was stopped before the lane was timed. */
  readonly times: RaceTimes | null;
  /** Floats that the solver keeps between two iterations. */
  readonly storedFloats: number;
}

/** Commands of the Solve view's instruments. All are about the forward solve. */
export interface ExploreCommands {
  /**
   * Pictures of iterations 0..`upTo` of the solve. Made by solving again beside it, so that the solve
   * itself is never slowed down; what was made is kept (at most 64 MB of points) for the next call.
   * `sample`: which row of the batch the trajectory is of. Can be interrupted: then it covers less.
   */
  readonly inspect: (upTo: number, sample: number) => Promise<InspectReport>;
  /**
   * Say what the states of these iterations of the solve say, an `observed` event each: those that nobody watched. Made by
   * solving again, as `inspect` does. An interrupt rejects it as cancelled.
   */
  readonly observe: (iterations: readonly number[]) => Promise<void>;
  /** Look inside the step from iteration k to k + 1, by solving again up to there. */
  readonly explain: (iteration: number, sample: number) => Promise<StepReport>;
  /**
   * Start a new forward solve from z_k with the solver settings of `experiment` (its problem must be
   * the configured one). Nothing is evaluated yet; the parent's best point is kept for `distance`.
   * `reset` goes back to z0 and the configured solver.
   */
  readonly fork: (experiment: Experiment, from: ForkPoint) => Promise<SolveReport>;
  /** How far the best point is from that of the solve it was forked from; null if it was not forked. */
  readonly distance: () => Promise<SolutionDistance | null>;
  /**
   * Solve the configured problem from z0 with the solver settings of each experiment to the end: once to
   * warm up, then in up to five timed rounds, in each of which another is the first; fewer where they are slow.
   * Reports progress after each run; can be interrupted (what ran is returned).
   */
  readonly race: (experiments: readonly Experiment[]) => Promise<readonly RaceRow[]>;
}
