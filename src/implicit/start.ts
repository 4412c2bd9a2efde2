import * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';
import type { EquilibriumProblem } from './problem.ts';

/**
 * Where a solve of z = f(z, x) starts. `zeros`: at 0. `evaluation`: at f(0, x), of the same weights (SkipReg-DEQ).
 * `learned`: at a map of x that is trained with the model (Skip-DEQ). Pal, Edelman, Rackauckas 2022.
 */
export type StartRule = 'zeros' | 'evaluation' | 'learned';

/** A problem that may offer a start of its own. */
export interface StartingProblem extends EquilibriumProblem {
  /** z0 as a trained map of x; `[batch, ...state]`, fresh. Call inside a tidy. */
  readonly learnedStart?: ((params: Params) => tf.Tensor) | undefined;
}

/** z0 by a rule, as a function of the parameters. Throws an Error where the problem has no map to learn. */
function startBy(problem: StartingProblem, rule: StartRule): (params: Params) => tf.Tensor {
  const zeros = (): tf.Tensor => tf.zerosLike(problem.initialState());
  switch (rule) {
    case 'zeros':
      return zeros;
    case 'evaluation':
      return (params) => problem.f(params, problem.inject(params), zeros());
    case 'learned': {
      const { learnedStart } = problem;
      if (!learnedStart)
        throw new Error('This problem has no learned start. Start at zeros, or at f of zeros.');
      return learnedStart;
    }
  }
}

/** The same problem, started by a rule. */
export function withStart<P extends StartingProblem>(problem: P, rule: StartRule): P {
  const start = startBy(problem, rule);
  return { ...problem, initialState: () => tf.tidy(() => start(problem.params)) };
}

/** `weight · mean((z − z0)²)` with z0 by the rule: a start that is trained to be near the solution, and the reverse. */
export function skipLoss(
  problem: StartingProblem,
  rule: StartRule,
  weight: number,
): (params: Params, z: tf.Tensor) => tf.Scalar {
  const start = startBy(problem, rule);
  return (params, z) => tf.mul(tf.mean(tf.square(tf.sub(z, start(params)))), weight);
}

/**
 * The same problem, started by a rule, with `skipLoss` added to its loss. The gradient reaches the weights through z*
 * and through z0; `weight` 0 adds nothing.
 */
export function withSkipLoss<P extends StartingProblem>(
  problem: P,
  rule: StartRule,
  weight: number,
): P {
  const skip = skipLoss(problem, rule, weight);
  const started = withStart(problem, rule);
  if (weight === 0) return started;
  return { ...started, loss: (params, z) => tf.add(problem.loss(params, z), skip(params, z)) };
}
