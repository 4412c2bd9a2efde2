import type { Task } from '../families/task.ts';
import type { EquilibriumProblem } from '../implicit/problem.ts';
import { solveForward } from '../implicit/valueAndGradient.ts';
import { repeat } from '../numerics/repeat.ts';
import * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';
import type { TrainOptions } from './options.ts';

/** How a network does on what it does not learn from. */
export interface Validation {
  readonly loss: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/**
 * Mean loss and metrics over a task's held-out examples, each batch from its problem's initial state; undefined where
 * nothing is held out. Borrows the parameters.
 */
export async function validate(
  task: Pick<Task, 'heldOut'>,
  params: Params,
  options: Pick<TrainOptions, 'forward' | 'gradient'>,
): Promise<Validation | undefined> {
  const sums: Record<string, number> = {};
  let loss = 0;
  let weights = 0;
  let unit: number | undefined;
  for (const batch of task.heldOut()) {
    using held = batch;
    // Counted in first batches, so that batches of one size are averaged as they are.
    unit ??= held.examples;
    const weight = held.examples / unit;
    const problem = held.problem(params);
    const z = await stateOf(problem, options);
    try {
      loss += weight * (await lossAt(problem, z));
      for (const [name, value] of Object.entries((await held.measure?.(params, z)) ?? {}))
        sums[name] = (sums[name] ?? 0) + weight * value;
    } finally {
      z.dispose();
    }
    weights += weight;
  }
  if (weights === 0) return undefined;
  const means = Object.entries(sums).map(([name, sum]) => [name, sum / weights]);
  return { loss: loss / weights, metrics: Object.fromEntries(means) as Record<string, number> };
}

async function lossAt(problem: EquilibriumProblem, z: tf.Tensor): Promise<number> {
  const loss = tf.tidy(() => problem.loss(problem.params, z));
  const [value = NaN] = await loss.data();
  loss.dispose();
  return value;
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
