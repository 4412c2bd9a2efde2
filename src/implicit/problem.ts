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
}

/** f of θ and z alone, for derivatives: what x contributes depends on θ too. */
export const mapOf =
  (problem: EquilibriumProblem) =>
  (params: Params, z: tf.Tensor): tf.Tensor =>
    problem.f(params, problem.inject(params), z);
