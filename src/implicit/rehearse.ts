import { linearize, type Linearization } from './linearize.ts';
import { rehearseSolve } from '../numerics/iterate.ts';
import type { SolverOptions } from '../numerics/solver.ts';
import * as tf from '../tf/index.ts';
import { addParams, headTape, pullHead, type Adjoint } from './adjoint.ts';
import { enqueuePenalised, type PenaltyTerm } from './jacobianPenalty.ts';
import { mapOf, type EquilibriumProblem } from './problem.ts';
import type { GradientMethod } from './valueAndGradient.ts';

/**
 * Enqueue every kernel of a forward solve, the loss and the gradient, once, and read nothing back: with
 * `compileAhead` to have them compiled. What is computed is of no use. The caller owns the gradients.
 */
export function rehearse(
  problem: EquilibriumProblem,
  {
    forward,
    gradient,
    penalty,
  }: {
    readonly forward: SolverOptions;
    readonly gradient: GradientMethod;
    /** A Jacobian penalty that some steps add. */
    readonly penalty?: Pick<PenaltyTerm, 'weight' | 'power'> | undefined;
  },
): Readonly<Record<string, tf.Tensor>> {
  const { params } = problem;
  const injection = tf.tidy(() => problem.inject(params));
  const z0 = problem.initialState();
  rehearseSolve((z) => problem.f(params, injection, z), z0, forward);
  using tape = headTape(problem, z0);
  const head = pullHead(problem, tape, z0);
  const here = linearize(mapOf(problem), params, z0);
  const map = (u: tf.Tensor): tf.Tensor => tf.add(here.vjp(u), head.dz);
  // As an adjoint solve begins.
  const u0 = tf.zerosLike(z0);
  if (gradient.kind === 'implicit') rehearseSolve(map, u0, gradient.solver);
  else tf.dispose(tf.tidy(() => map(u0)));
  const gradients = tf.tidy(() => here.vjpParams(z0));
  if (penalty) rehearsePenalty(problem, z0, here, penalty);
  here.dispose();
  tf.dispose([injection, z0, u0, head.dz, head.direct]);
  return gradients;
}

/** The penalty on the adjoint's tape; its second point is taped as the first one was. */
function rehearsePenalty(
  problem: EquilibriumProblem,
  z: tf.Tensor,
  here: Linearization,
  term: Pick<PenaltyTerm, 'weight' | 'power'>,
): void {
  const gradient: Adjoint['gradient'] = (u, beside) => {
    const own = here.vjpParams(u);
    if (!beside) return own;
    const there = linearize(mapOf(problem), problem.params, beside.z);
    const more = there.vjpParams(beside.cotangent);
    there.dispose();
    const sum = tf.tidy(() => addParams(own, more));
    tf.dispose([own, more]);
    return sum;
  };
  const { square, gradients } = enqueuePenalised({ linearization: here, gradient }, z, z, {
    ...term,
    probe: z,
  });
  tf.dispose([square, gradients]);
}
