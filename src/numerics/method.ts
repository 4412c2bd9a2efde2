import * as tf from '../tf/index.ts';
import { relativeFloor } from './conventions/settings.ts';
import { lengthOf, relativeTo, scaledNorm } from './norms.ts';
import type { LowRank } from './lowRank.ts';
import type { SolverEvent } from './solver.ts';

/** The map on flattened states `[batch, n]`; the loop flattens, so methods see one shape. */
export interface FlatMap {
  (z: tf.Tensor2D): tf.Tensor2D;
  /** Of an affine map its linear part. */
  readonly linear?: ((v: tf.Tensor2D) => tf.Tensor2D) | undefined;
}

/** A point at which f was evaluated. Every method's state is one, with its history added. */
export type Point = {
  /** The point `[batch, n]`. */
  readonly z: tf.Tensor2D;
  /** Its residual f(z) − z `[batch, n]`. */
  readonly g: tf.Tensor2D;
  /** ‖f(z) − z‖₂ `[batch]`. */
  readonly abs: tf.Tensor1D;
  /** abs / (‖f(z)‖₂ + 1e-9) `[batch]`. */
  readonly rel: tf.Tensor1D;
  /**
   * 1 where the sample's update fell back to Picard, else 0 `[batch]`; absent if none can. The record of a point where
   * one did has the method's `fallback` as its event.
   */
  readonly fellBack?: tf.Tensor1D;
  /** What happened on the way to this point, as far as the host knows. */
  readonly event?: SolverEvent;
  /** The method's own numbers on how it was made: they go into the record. */
  readonly figures?: Readonly<Record<string, number>>;
};

/** Which samples still move, on the device as `[batch, 1]` and on the host. */
export interface Moving {
  readonly mask: tf.Tensor2D;
  readonly flags: readonly boolean[];
}

/**
 * One iterative method, as pure functions over its state.
 *
 * A state is a record of tensors that describes the newest evaluated point. Both functions
 * borrow what they are given and return a state that lives outside any tidy, shares no
 * tensor handle with the old one, and belongs to the caller.
 */
export interface Method<S extends Point = Point> {
  /** What a fall-back to Picard is called in this method's records: one of its kind's events, if it can fall back. */
  readonly fallback: SolverEvent;
  /** The state at the first point. Takes over `point`. */
  start(point: Point): S;
  /**
   * Move to the next point and evaluate f there, once unless a line search needs more.
   * Samples that no longer move stay where they are; without `moving` all of them move.
   */
  step(f: FlatMap, state: S, moving?: Moving): Promise<S>;
  /** What the next step from a state will be made of, if it is made of more than the newest point. */
  inside?(state: S): Inside;
  /** What it has learnt of the inverse Jacobian of g, in new tensors, once it has learnt something. Call inside a tidy. */
  inverse?(state: S): LowRank | undefined;
}

/** What a step is made of. The caller owns the tensors; call inside a tidy. */
export type Inside = {
  /** Numbers of each sample by the method's names for them `[batch, count]`; its words draw them as bars. */
  readonly values?: Readonly<Record<string, tf.Tensor2D>>;
  /** The system that `values.weights` solve `[batch, points, points]`, as it is solved. */
  readonly system?: tf.Tensor3D;
  /** Dense Broyden's inverse Jacobian, of the whole batch as one system `[batch · n, batch · n]`. */
  readonly matrix?: tf.Tensor2D;
};

/** Evaluate f at `z` and measure the residual, before any damping. Call inside a tidy. */
export function evaluate(f: FlatMap, z: tf.Tensor2D): Point {
  const fz = f(z);
  const g = tf.sub<tf.Tensor2D>(fz, z);
  const length = scaledNorm(g);
  const rel = relativeTo(length, scaledNorm(fz), relativeFloor);
  return { z: tf.clone(z), g, abs: lengthOf(length), rel };
}

/** `next` for the samples that still move, `z` for the others. Call inside a tidy. */
export function hold(next: tf.Tensor2D, z: tf.Tensor2D, moving?: Moving): tf.Tensor2D {
  return moving ? tf.where(moving.mask, next, z) : next;
}

/** ‖row‖₂ of `[batch, n]`, as `[batch]`. Call inside a tidy. */
export const rowNorm = (x: tf.Tensor2D): tf.Tensor1D => lengthOf(scaledNorm(x));
