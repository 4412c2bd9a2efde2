import type { TokenBatch } from '../inputs/text/batches.ts';
import type { LanguageModel } from '../families/language/languageModel.ts';
import type { EquilibriumProblem } from '../implicit/problem.ts';
import { solveForward } from '../implicit/valueAndGradient.ts';
import { repeat } from '../numerics/repeat.ts';
import * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';
import type { TrainOptions } from './options.ts';

/** Mean loss over held-out batches, nats a token; each from z0 = 0, nothing remembered or dropped. */
export async function validationLoss(
  model: LanguageModel,
  params: Params,
  batches: readonly TokenBatch[],
  options: Pick<TrainOptions, 'forward' | 'gradient'>,
): Promise<number> {
  let sum = 0;
  for (const { tokens, targets } of batches) {
    const problem = model.problem(params, { tokens, targets });
    const z = await stateOf(problem, options);
    const loss = tf.tidy(() => problem.loss(params, z));
    const [value = NaN] = await loss.data();
    tf.dispose([z, loss]);
    sum += value;
  }
  return sum / batches.length;
}

/** What the network makes of a batch: the fixed point, or the last state of the explicit network. */
async function stateOf(
  problem: EquilibriumProblem,
  { forward, gradient }: Pick<TrainOptions, 'forward' | 'gradient'>,
): Promise<tf.Tensor> {
  if (gradient.kind !== 'unrolled') return (await solveForward(problem, forward)).z;
  const { params } = problem;
  const injection = tf.tidy(() => problem.inject(params));
  const z0 = problem.initialState();
  const z = repeat((state) => problem.f(params, injection, state), z0, gradient.depth);
  tf.dispose([injection, z0]);
  return z;
}
