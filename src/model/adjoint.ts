import { linearize, type Linearization } from '../gradients/linearize.ts';
import type { FixedPointMap } from '../solvers/solver.ts';
import * as tf from '../tf/index.ts';
import { param, type Params } from '../tf/params.ts';
import { record } from '../tf/tape.ts';
import { mapOf, type EquilibriumProblem } from './problem.ts';

/** The loss at a point, and its gradients there. */
export interface Head extends Disposable {
  readonly loss: number;
  /** dL/dz, shape of z. */
  readonly dz: tf.Tensor;
  /** dL/dθ with z held fixed; parameters without influence are absent. */
  readonly direct: Params;
}

/** Names z among the inputs of a tape; no parameter may be called that. */
const state = 'z*';

/** Evaluate the loss at `z` and pull it back, in one taped pass. */
export async function openHead(problem: EquilibriumProblem, z: tf.Tensor): Promise<Head> {
  const { params } = problem;
  const inputs: Record<string, tf.Tensor> = { ...params, [state]: z };
  using recording = record((given) => problem.loss(given, param(given, state)), inputs);
  const one = tf.scalar(1);
  const pulled = recording.pullback(one, Object.keys(inputs));
  one.dispose();
  const dz = pulled[state] ?? tf.zerosLike(z);
  const direct: Record<string, tf.Tensor> = {};
  for (const name of Object.keys(params)) if (pulled[name]) direct[name] = pulled[name];
  const [value = NaN] = await recording.value.data();
  return {
    loss: value,
    dz,
    direct,
    [Symbol.dispose]: () => {
      tf.dispose([dz, direct]);
    },
  };
}

/**
 * The adjoint problem at an equilibrium: `u = Jᵀu + dL/dz` with J = ∂f/∂z there. It is a fixed-point
 * problem like any other, and its solution gives the gradient: `dL/dθ = direct + uᵀ ∂f/∂θ`.
 * Bai, Kolter, Koltun 2019, theorem 1.
 */
export interface Adjoint extends Disposable {
  readonly loss: number;
  readonly dz: tf.Tensor;
  readonly linearization: Linearization;
  /** `u ↦ Jᵀu + dL/dz`, for a solver. */
  readonly map: FixedPointMap;
  /** The gradient that u gives; the caller owns it. */
  gradient(u: tf.Tensor): Params;
}

/** Linearize the problem at `z`. Call it outside any tidy; borrows `z`. */
export async function openAdjoint(problem: EquilibriumProblem, z: tf.Tensor): Promise<Adjoint> {
  const { params } = problem;
  const head = await openHead(problem, z);
  const linearization = linearize(mapOf(problem), params, z);
  return {
    loss: head.loss,
    dz: head.dz,
    linearization,
    map: (u) => tf.add(linearization.vjp(u), head.dz),
    gradient: (u) => tf.tidy(() => addParams(linearization.vjpParams(u), head.direct)),
    [Symbol.dispose]: () => {
      linearization.dispose();
      head[Symbol.dispose]();
    },
  };
}

/** `a + b`, name by name, all new tensors; a name may be in only one of them. Call inside a tidy. */
export function addParams(a: Params, b: Params): Params {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries(
    [...names].map((name) => {
      const [x, y] = [a[name], b[name]];
      return [name, x && y ? tf.add(x, y) : tf.clone((x ?? y) as tf.Tensor)];
    }),
  );
}
