import type { TokenBatch } from '../data/batches.ts';
import type { LanguageModel } from '../model/languageModel.ts';
import type { EquilibriumProblem } from '../model/problem.ts';
import { solveForward } from '../model/valueAndGradient.ts';
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
  const injection = tf.tidy(() => problem.inject(problem.params));
  let z = problem.initialState();
  for (let k = 0; k < gradient.depth; k++) {
    const next = tf.tidy(() => problem.f(problem.params, injection, z));
    z.dispose();
    z = next;
  }
  injection.dispose();
  return z;
}
