import type { IterationMap } from '../numerics/maps.ts';
import type * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';

/**
 * A fixed-point problem with a loss behind it: everything a solver and a gradient method
 * need, and nothing about how they work. All functions borrow their arguments and return
 * fresh tensors; call them inside a tidy.
 */
export interface EquilibriumProblem {
  readonly params: Params;
  /** What x contributes to f; evaluated once a solve. */
  inject(params: Params): tf.Tensor;
  /** One evaluation of the cell: `z [batch, ...state]` → the same shape. */
  f(params: Params, injection: tf.Tensor, z: tf.Tensor): tf.Tensor;
  /** The scalar to minimise, in nats for language models. */
  loss(params: Params, z: tf.Tensor): tf.Scalar;
  /** z0: zeros of the state's shape. */
  initialState(): tf.Tensor;
  /** How it is solved where not by iterating f and its adjoint themselves. */
  readonly solvedBy?: SolvedBy | undefined;
}

/** Maps that solvers are to iterate in place of f and of the adjoint. */
export interface SolvedBy {
  /** What the maps of one set of weights share, a factorisation say. Call outside any tidy; the caller disposes of it. */
  open(): SolvingMaps;
}

/** The maps of both solves of a step. Who opens one disposes of it, before what they share. */
export interface SolvingMaps extends Disposable {
  /** A map with f's fixed point. Call outside any tidy. */
  forward(): IterationMap;
  /** A map with the fixed point of u = Jᵀu + dL/dz, J taken at z; borrows both while it lives. Undefined: that map itself. */
  adjoint?(z: tf.Tensor, dz: tf.Tensor): IterationMap | undefined;
}

/** f of θ and z alone, for derivatives: what x contributes depends on θ too. */
export const mapOf =
  (problem: EquilibriumProblem) =>
  (params: Params, z: tf.Tensor): tf.Tensor =>
    problem.f(params, problem.inject(params), z);
