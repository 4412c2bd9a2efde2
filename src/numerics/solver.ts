import type { ValueOf } from '../schema/field.ts';
import type * as tf from '../tf/index.ts';
import type { ConventionName } from './conventions/settings.ts';
import type { kindSettings } from './settings.ts';

/** The map whose fixed point is sought. Borrows `z` `[batch, ...state]`, returns a fresh tensor of that shape. */
export interface FixedPointMap {
  (z: tf.Tensor): tf.Tensor;
  /** Of an affine f its linear part, v ↦ f(z + v) − f(z): methods that need a derivative then have it exactly. */
  readonly linear?: ((v: tf.Tensor) => tf.Tensor) | undefined;
}

type Row = (typeof kindSettings)[number];
/** `A & B & …` of `A | B | …`. */
type Both<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void
  ? I
  : never;
/** Fields of all kinds' own options. */
type KindFields = Both<Row['options']>;
/** All kinds' own options, by their own names. */
type KindOptions = { readonly [K in keyof KindFields]?: ValueOf<KindFields[K]> };

/** Names of the solver kinds. */
export type SolverId = Row['id'];

/**
 * How to iterate and when to stop: a flat bag, of which each kind takes its own options. These also go by the
 * names that the kind's settings give them (`window`, `rank`).
 */
export interface SolverOptions extends KindOptions {
  readonly method: SolverId;
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
export type SolverEvent = Extract<keyof Both<Row['events']>, string>;

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
  /** Numbers of the method's own on how this point was made: the time of a flow, products of an inner solve. */
  readonly figures?: Readonly<Record<string, number>>;
}
