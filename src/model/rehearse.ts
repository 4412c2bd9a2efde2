import { linearize } from '../gradients/linearize.ts';
import { rehearseSolve } from '../solvers/iterate.ts';
import type { SolverOptions } from '../solvers/solver.ts';
import * as tf from '../tf/index.ts';
import { headTape, pullHead } from './adjoint.ts';
import { mapOf, type EquilibriumProblem } from './problem.ts';
import type { GradientMethod } from './valueAndGradient.ts';

/**
 * Enqueue every kernel of a forward solve, the loss and the gradient, once, and read nothing back: with
 * `compileAhead` to have them compiled. What is computed is of no use. The caller owns the gradients.
 */
export function rehearse(
  problem: EquilibriumProblem,
  { forward, gradient }: { readonly forward: SolverOptions; readonly gradient: GradientMethod },
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
  here.dispose();
  tf.dispose([injection, z0, u0, head.dz, head.direct]);
  return gradients;
}
