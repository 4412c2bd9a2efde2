import type { Observation } from '../families/observation.ts';
import type { Task } from '../families/task.ts';
import type { EquilibriumProblem } from '../implicit/problem.ts';
import { solveForward } from '../implicit/valueAndGradient.ts';
import type { Solution } from '../numerics/iterate.ts';
import { repeat } from '../numerics/repeat.ts';
import * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';
import type { TrainOptions } from './options.ts';
import { tellAt } from './told.ts';

/** How a network does on what it does not learn from. */
export interface Validation {
  readonly loss: number;
  readonly metrics: Readonly<Record<string, number>>;
  /** Mean evaluations of an example's solve from its start and from zeros, where it starts elsewhere. */
  readonly start?: { readonly evaluations: number; readonly fromZeros: number };
}

/**
 * Mean loss and metrics over a task's held-out examples, each batch from its problem's initial state; undefined where
 * nothing is held out. Borrows the parameters.
 */
export async function validate(
  task: Pick<Task, 'heldOut' | 'heldOutSolve'>,
  params: Params,
  training: Pick<TrainOptions, 'forward' | 'gradient'>,
): Promise<Validation | undefined> {
  const options = heldOutOptions(task, training);
  const sums: Record<string, number> = {};
  let loss = 0;
  let weights = 0;
  let unit: number | undefined;
  const solves = { weight: 0, evaluations: 0, fromZeros: 0 };
  for (const batch of task.heldOut()) {
    using held = batch;
    // Counted in first batches, so that batches of one size are averaged as they are.
    unit ??= held.examples;
    const weight = held.examples / unit;
    const problem = held.problem(params);
    const { z, solution } = await stateOf(problem, options);
    if (held.fromZeros && solution) {
      const { tolerance } = options.forward;
      const cold = await solveForward(held.fromZeros(params), options.forward);
      cold.z.dispose();
      solves.weight += weight;
      solves.evaluations += weight * meanEvaluations(solution, tolerance);
      solves.fromZeros += weight * meanEvaluations(cold, tolerance);
    }
    try {
      const told = await tellAt(held, params, z);
      loss += weight * told.loss;
      for (const [name, value] of Object.entries(told.metrics))
        sums[name] = (sums[name] ?? 0) + weight * value;
    } finally {
      z.dispose();
    }
    weights += weight;
  }
  if (weights === 0) return undefined;
  const means = Object.entries(sums).map(([name, sum]) => [name, sum / weights]);
  return {
    loss: loss / weights,
    metrics: Object.fromEntries(means) as Record<string, number>,
    ...(solves.weight === 0
      ? {}
      : {
          start: {
            evaluations: solves.evaluations / solves.weight,
            fromZeros: solves.fromZeros / solves.weight,
          },
        }),
  };
}

/** Evaluations until a sample's relative residual is below the tolerance, or in all; the mean over the samples. */
function meanEvaluations({ records, evaluations }: Solution, tolerance: number): number {
  const samples = records[0]?.rel.length ?? 0;
  const each = Array.from(
    { length: samples },
    (_, i) =>
      records.find(({ rel }) => (rel[i] ?? Infinity) < tolerance)?.evaluations ?? evaluations,
  );
  return each.reduce((sum, count) => sum + count, 0) / Math.max(1, samples);
}

/** What a task's view says of a network; undefined where it has none. Borrows the parameters. */
export async function viewOf(
  task: Pick<Task, 'view' | 'heldOutSolve'>,
  params: Params,
  training: Pick<TrainOptions, 'forward' | 'gradient'>,
): Promise<Observation[] | undefined> {
  const options = heldOutOptions(task, training);
  const { view } = task;
  if (!view) return undefined;
  using shown = view();
  const { z } = await stateOf(shown.problem(params), options);
  try {
    return await shown.observe(params, z);
  } finally {
    z.dispose();
  }
}

/** A training's options with held-out solves as far as its task asks for. */
const heldOutOptions = <O extends Pick<TrainOptions, 'forward'>>(
  { heldOutSolve }: Pick<Task, 'heldOutSolve'>,
  options: O,
): O => (heldOutSolve ? { ...options, forward: { ...options.forward, ...heldOutSolve } } : options);

/** What the network makes of a batch, which the caller owns: the fixed point, or the last state of the explicit network. */
async function stateOf(
  problem: EquilibriumProblem,
  { forward, gradient }: Pick<TrainOptions, 'forward' | 'gradient'>,
): Promise<{ readonly z: tf.Tensor; readonly solution?: Solution }> {
  if (gradient.kind !== 'unrolled') {
    const solution = await solveForward(problem, forward);
    return { z: solution.z, solution };
  }
  const { params } = problem;
  const injection = tf.tidy(() => problem.inject(params));
  const z0 = problem.initialState();
  const z = repeat((state) => problem.f(params, injection, state), z0, gradient.depth);
  tf.dispose([injection, z0]);
  return { z };
}
