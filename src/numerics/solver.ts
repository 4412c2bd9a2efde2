import type * as tf from '../tf/index.ts';

/** The map whose fixed point is sought. Borrows `z` `[batch, ...state]`, returns a fresh tensor of that shape. */
export type FixedPointMap = (z: tf.Tensor) => tf.Tensor;

/** Libraries whose way of measuring and answering can be taken over. */
export type ConventionName =
  'own' | 'deq' | 'torchdeq' | 'mondeq' | 'implicit-sequences' | 'tutorial';

/** How to iterate and when to stop. */
export interface SolverOptions {
  readonly method: 'picard' | 'anderson' | 'broyden';
  /** Records 0..maxIterations are made at most. */
  readonly maxIterations: number;
  /** A sample has converged when its residual, in `stopMode`, is below this. */
  readonly tolerance: number;
  /** `abs`: ‖f(z) − z‖₂; `rel`: that over ‖f(z)‖₂ + 1e-9. */
  readonly stopMode: 'abs' | 'rel';
  /** β in (0, 1], default 1; Picard and Anderson. */
  readonly damping?: number;
  /** Anderson: window m, default 6. Broyden: rank limit, default 10; `Infinity` keeps every pair. */
  readonly history?: number;
  /** Anderson's λ, default 1e-4. */
  readonly ridge?: number;
  /** `relative` (default): λ times the mean diagonal of the Gram matrix. `absolute`: as torchdeq. */
  readonly ridgeMode?: 'absolute' | 'relative';
  /** Broyden: Armijo line search, default false. */
  readonly lineSearch?: boolean;
  /** Whose residual and answer it is; default `own`. */
  readonly convention?: ConventionName;
}

/** Something worth marking that happened while a record's point was made. */
export type SolverEvent =
  | 'window-full'
  | 'rank-limit'
  | 'singular-system'
  | 'vanishing-denominator'
  | 'line-search'
  | 'line-search-failed';

/** How a solve stands; every status but `running` is final, and none of them is an error. */
export type SolveStatus =
  'running' | 'converged' | 'max-iterations' | 'stalled' | 'diverged' | 'nonfinite';

/** One evaluated point, as plain numbers: it can be posted, plotted and saved. */
export interface IterationRecord {
  /** 0 is the starting point. */
  readonly iteration: number;
  /** Evaluations of f so far, this one included. */
  readonly evaluations: number;
  /** ‖f(z) − z‖₂ per sample, before any damping. */
  readonly abs: number[];
  /** `abs / (‖f(z)‖₂ + 1e-9)` per sample. */
  readonly rel: number[];
  /** Wall time of this iteration, its read-back included; of several made together, the mean. */
  readonly milliseconds: number;
  /** How many points were made before the host looked, when more than this one. */
  readonly together?: number;
  /** How the solve stands with this point; all but `running` mean that it is the last. */
  readonly status: SolveStatus;
  /** A `SolverEvent`, if one happened. */
  readonly event?: SolverEvent;
}
