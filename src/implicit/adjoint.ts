import type { Linearization } from './linearize.ts';
import type { FixedPointMap } from '../numerics/solver.ts';
import * as tf from '../tf/index.ts';
import { param, type Params } from '../tf/params.ts';
import { record, type Recording } from '../tf/tape.ts';
import type { EquilibriumProblem } from './problem.ts';

/** The loss at a point, and its gradients there. */
export interface Head extends Disposable {
  /** One number, which nobody has read yet. */
  readonly loss: tf.Tensor;
  /** dL/dz, shape of z. */
  readonly dz: tf.Tensor;
  /** dL/dθ with z held fixed; parameters without influence are absent. */
  readonly direct: Params;
}

/** Names z and the injection among the inputs of a tape; no parameter may be called that. */
const state = 'z*';
const injection = 'u*';

/** The loss at `z` with its tape; frees itself, borrows `z`. */
export function headTape(problem: EquilibriumProblem, z: tf.Tensor): Recording<string> {
  const inputs: Record<string, tf.Tensor> = { ...problem.params, [state]: z };
  return record((given) => problem.loss(given, param(given, state)), inputs);
}

/** The gradients of a loss whose tape `headTape` made. */
export function pullHead(
  { params }: EquilibriumProblem,
  tape: Recording<string>,
  z: tf.Tensor,
): Omit<Head, 'loss'> {
  const one = tf.scalar(1);
  const pulled = tape.pullback(one, [...Object.keys(params), state]);
  one.dispose();
  const dz = pulled[state] ?? tf.zerosLike(z);
  const direct: Record<string, tf.Tensor> = {};
  for (const name of Object.keys(params)) if (pulled[name]) direct[name] = pulled[name];
  return {
    ...{ dz, direct },
    [Symbol.dispose]: () => {
      tf.dispose([dz, direct]);
    },
  };
}

/** Evaluate the loss at `z` and pull it back, in one taped pass; nothing is read back. */
export function openHead(problem: EquilibriumProblem, z: tf.Tensor): Head {
  using tape = headTape(problem, z);
  const head = pullHead(problem, tape, z);
  const loss = tf.clone(tape.value);
  return {
    ...{ loss, dz: head.dz, direct: head.direct },
    [Symbol.dispose]: () => {
      loss.dispose();
      head[Symbol.dispose]();
    },
  };
}

/**
 * The adjoint problem at an equilibrium: `u = Jᵀu + dL/dz` with J = ∂f/∂z there. It is a fixed-point
 * problem like any other, and its solution gives the gradient: `dL/dθ = direct + uᵀ ∂f/∂θ`.
 * Bai, Kolter, Koltun 2019, theorem 1.
 */
export interface Adjoint extends Disposable {
  /** The loss at the equilibrium. */
  readonly loss: number;
  readonly dz: tf.Tensor;
  /** f at z, and its derivative along z. */
  readonly linearization: Pick<Linearization, 'value' | 'vjp'>;
  /** `u ↦ Jᵀu + dL/dz`, for a solver. */
  readonly map: FixedPointMap;
  /**
   * The gradient that u gives, and what f at a second point adds to it: one more evaluation and
   * one more pullback. The caller owns it.
   */
  gradient(u: tf.Tensor, beside?: Beside): Params;
}

/** A second point of f, and the cotangent that its parameters are pulled with. Both are borrowed. */
export interface Beside {
  readonly z: tf.Tensor;
  readonly cotangent: tf.Tensor;
}

/**
 * The tape of f at `z`, where x contributes `injected`. Borrows both; they may be disposed before the tape.
 * Call it outside any tidy.
 */
export function tapeAt(
  problem: EquilibriumProblem,
  z: tf.Tensor,
  injected: tf.Tensor,
): Recording<string> {
  const inputs: Record<string, tf.Tensor> = {
    ...problem.params,
    [injection]: injected,
    [state]: z,
  };
  return record((given) => problem.f(given, param(given, injection), param(given, state)), inputs);
}

/** Pulls a cotangent back to all that f depends on: one layer of an explicit network. The caller owns it. */
export const pullLayer = (
  { params }: EquilibriumProblem,
  tape: Recording<string>,
  cotangent: tf.Tensor,
): Params => tape.pullback(cotangent, [state, injection, ...Object.keys(params)]) as Params;

/** An adjoint problem whose loss, its own tensor, is still on the device. */
export type UnreadAdjoint = Omit<Adjoint, 'loss'> & Pick<Head, 'loss'>;

/**
 * Linearize the problem at `z`, and read nothing back. Call it outside any tidy; borrows `z`. What x contributes is
 * taped only when a gradient is asked for: a solve would keep that tape alive and has no use for it.
 */
export function unreadAdjoint(problem: EquilibriumProblem, z: tf.Tensor): UnreadAdjoint {
  const head = openHead(problem, z);
  return { loss: head.loss, ...adjointOf(problem, z, head, freshTapeAt(problem, z)) };
}

/** The same with its loss read. */
export async function openAdjoint(problem: EquilibriumProblem, z: tf.Tensor): Promise<Adjoint> {
  const { loss: unread, ...adjoint } = unreadAdjoint(problem, z);
  const [loss = NaN] = await unread.data();
  return { loss, ...adjoint };
}

/** `tapeAt`, which alone holds what x contributes, if it needs it. */
export function freshTapeAt(problem: EquilibriumProblem, z: tf.Tensor): Recording<string> {
  const injected = tf.tidy(() => problem.inject(problem.params));
  try {
    return tapeAt(problem, z, injected);
  } finally {
    injected.dispose();
  }
}

/** The adjoint problem of a loss's gradients and a tape at `z`, which it takes over; borrows `z`. */
export function adjointOf(
  problem: EquilibriumProblem,
  z: tf.Tensor,
  head: Omit<Head, 'loss'>,
  tape: Recording<string>,
): Omit<Adjoint, 'loss'> {
  const { params } = problem;
  const wanted = [...Object.keys(params), injection];
  /** `here`, which it takes over, and what the second point adds. */
  const plus = (here: Params, beside: Beside): Params => {
    using there = freshTapeAt(problem, beside.z);
    const more = there.pullback(beside.cotangent, wanted) as Params;
    const sum = tf.tidy(() => addParams(here, more));
    tf.dispose([here, more]);
    return sum;
  };
  const vjp = (u: tf.Tensor): tf.Tensor => tape.pullback(u, [state])[state] ?? tf.zerosLike(z);
  return {
    dz: head.dz,
    linearization: { value: tape.value, vjp },
    map: Object.assign(
      (u: tf.Tensor) => tape.pullback(u, [state], { [state]: head.dz })[state] ?? tf.clone(head.dz),
      { linear: vjp },
    ),
    gradient: (u, beside) => {
      const here = tape.pullback(u, wanted) as Params;
      const { [injection]: through, ...own } = beside ? plus(here, beside) : here;
      const others = through ? pullInjection(problem, through) : {};
      const gradients = tf.tidy(() => addParams(addParams(own as Params, others), head.direct));
      tf.dispose([through ?? [], own, others]);
      return withZeros(gradients, params);
    },
    [Symbol.dispose]: () => {
      tape[Symbol.dispose]();
      head[Symbol.dispose]();
    },
  };
}

/** A cotangent of the injection, pulled back to the parameters behind it. */
function pullInjection(problem: EquilibriumProblem, cotangent: tf.Tensor): Params {
  const { params } = problem;
  using tape = record((own) => problem.inject(own as Params), params);
  return tape.pullback(cotangent, Object.keys(params)) as Params;
}

/** The gradients, and zeros for parameters without influence. */
const withZeros = (gradients: Params, params: Params): Params =>
  Object.fromEntries(
    Object.entries(params).map(([name, like]) => [name, gradients[name] ?? tf.zerosLike(like)]),
  );

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
