import type * as tf from '../tf/index.ts';
import type { FixedPointMap } from './solver.ts';

/**
 * A map with the same fixed point as f, on a state of its own: forward–backward or Peaceman–Rachford
 * splitting, a Runge–Kutta step of dz/dt = f(z) − z, a damped step. Any method drives any map; the
 * residual that is judged and shown is always that of f at the projected point.
 *
 * All functions borrow what they are given and return fresh tensors; call them inside a tidy.
 */
export interface IterationMap {
  /** `plain`, `forward-backward`, … */
  readonly name: string;
  /** The map's state at `z0` `[batch, ...state]`, or at the problem's own initial state. */
  start(z0?: tf.Tensor): tf.Tensor;
  /** One application, `s` → the same shape. */
  apply(s: tf.Tensor): tf.Tensor;
  /** The z that a state of the map stands for `[batch, ...state]`. */
  project(s: tf.Tensor): tf.Tensor;
  /** What one application counts as, in evaluations of f. The residual's own evaluation is not counted. */
  readonly evaluations: number;
  /** f itself, for the residual. */
  readonly f: FixedPointMap;
  /** Frees what the map keeps, a factorisation say. */
  dispose?(): void;
}

/** Settings of a map, by name: α, a step size h. */
export type MapValues = Readonly<Record<string, number>>;

/** How a map of some kind is opened on a problem. The caller owns the map and disposes it. */
export type OpenMap = (values?: MapValues) => IterationMap;

/** The maps a problem has, by name; `plain` always. */
export type Maps = Readonly<Record<string, OpenMap>> & { readonly plain: OpenMap };
