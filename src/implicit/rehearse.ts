import { rehearseSolve } from '../numerics/iterate.ts';
import type { SolverOptions } from '../numerics/solver.ts';
import * as tf from '../tf/index.ts';
import { adjointOf, freshTapeAt, headTape, pullHead } from './adjoint.ts';
import { penalisedGradient, type PenaltyTerm } from './jacobianPenalty.ts';
import type { EquilibriumProblem } from './problem.ts';
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
  using adjoint = adjointOf(problem, z0, pullHead(problem, tape, z0), freshTapeAt(problem, z0));
  // As an adjoint solve begins.
  const u0 = tf.zerosLike(z0);
  if (gradient.kind === 'implicit') rehearseSolve(adjoint.map, u0, gradient.solver);
  else tf.dispose(tf.tidy(() => adjoint.map(u0)));
  const gradients = adjoint.gradient(z0);
  if (penalty) {
    const { value, gradients: penalised } = penalisedGradient(adjoint, z0, z0, {
      ...penalty,
      probe: z0,
    });
    tf.dispose([value, penalised]);
  }
  tf.dispose([injection, z0, u0]);
  return gradients;
}
