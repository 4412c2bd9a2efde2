import { normalArray, type Random } from '../data/random.ts';
import type { TaskBatch } from '../families/task.ts';
import { linearize } from '../implicit/linearize.ts';
import { spectralRadius } from '../implicit/jacobian.ts';
import { mapOf, type EquilibriumProblem } from '../implicit/problem.ts';
import { unreadGradient, type GradientMethod } from '../implicit/valueAndGradient.ts';
import type { SolverOptions } from '../numerics/solver.ts';
import type { Solution } from '../numerics/iterate.ts';
import * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';
import type { TrainOptions } from './options.ts';
import type { TrainRecord } from './records.ts';

/** What one batch says about the parameters. The caller owns the tensors. */
export interface Lesson {
  /** What was minimised, the extra term included and the penalty not; one number, not read yet. */
  readonly loss: tf.Tensor;
  /** The Jacobian penalty before its weight, where this step has one; not read yet. */
  readonly penalty?: tf.Tensor;
  readonly gradients: Params;
  /** The state the loss was taken at: the fixed point, or an explicit network's last. */
  readonly z: tf.Tensor;
  /** Evaluations of f and backward passes through it, all together. */
  readonly evaluations: number;
  /** How the passes went. */
  readonly passes: Pick<
    TrainRecord,
    | 'forwardEvaluations'
    | 'backwardEvaluations'
    | 'residual'
    | 'forwardStatus'
    | 'adjointResidual'
    | 'backwardStatus'
  >;
}

/**
 * Loss and gradient of one batch as the options ask for it at update `index`, the Jacobian penalty
 * included. `chance` decides what is random about a step. Call it outside any tidy.
 */
export async function learn(
  problem: EquilibriumProblem,
  options: TrainOptions,
  index: number,
  chance: Random,
  initial: tf.Tensor | undefined,
  extra?: TaskBatch['extra'],
): Promise<Lesson> {
  const { forward, gradient } = methodAt(options, index, chance);
  const { weight, share, power } = options.penalty;
  const penalised =
    penaltyOf(options.penalty, gradient) !== undefined && chance.fork('penalty').next() < share;
  const probe = penalised ? probeOf(problem, chance.fork('probe')) : undefined;
  const result = await unreadGradient(withExtra(problem, extra), {
    ...{ forward, gradient, initial, keepLast: true },
    penalty: probe && { weight, probe, power },
  }).finally(() => probe?.dispose());
  const { loss, gradients, backward, penalty } = result;
  backward?.z.dispose();
  const z = (result.forward?.z ?? result.last) as tf.Tensor;
  const passes = {
    ...forwardPass(result.forward, gradient),
    ...backwardPass(backward, gradient),
  };
  const more = penalty === undefined ? 0 : power + penaltyPasses[gradient.kind];
  const evaluations = passes.forwardEvaluations + passes.backwardEvaluations + more;
  return { loss, ...(penalty ? { penalty } : {}), gradients, z, evaluations, passes };
}

/** The problem with a further term in what is minimised: one head, one tape. */
export const withExtra = (
  problem: EquilibriumProblem,
  extra: TaskBatch['extra'],
): EquilibriumProblem =>
  extra
    ? { ...problem, loss: (p, z) => tf.add<tf.Scalar>(problem.loss(p, z), extra.term(p, z)) }
    : problem;

/** What a penalty adds beside its power steps: from the adjoint's tape, or, where there is none, all by itself. */
const penaltyPasses = {
  implicit: 3,
  shine: 3,
  'one-step': 3,
  neumann: 3,
  phantom: 6,
  unrolled: 0,
} as const;

/** Normal numbers in the shape of the state. */
function probeOf(problem: EquilibriumProblem, chance: Random): tf.Tensor {
  const z0 = problem.initialState();
  const probe = tf.tensor(normalArray(chance, z0.size, 1), z0.shape);
  z0.dispose();
  return probe;
}

/** Spectral radius of ∂f/∂z at `z`, by a few products: an estimate to watch, not to publish. */
export async function radiusAt(
  problem: EquilibriumProblem,
  z: tf.Tensor,
): Promise<{ radius: number; settled: boolean }> {
  const here = linearize(mapOf(problem), problem.params, z);
  try {
    const { radius, settled } = await spectralRadius(here, { iterations: 16 });
    return { radius, settled };
  } finally {
    here.dispose();
  }
}

/** Shallow at first, if asked for; then the options' method, its limit lowered at random. */
function methodAt(
  { forward, gradient, pretrain, depthJitter }: TrainOptions,
  index: number,
  chance: Random,
): { forward: SolverOptions; gradient: GradientMethod } {
  if (gradient.kind === 'unrolled') return { forward, gradient };
  if (index < pretrain.steps)
    return { forward, gradient: { kind: 'unrolled', depth: pretrain.depth } };
  const lower = depthJitter > 0 ? chance.fork('depth').integer(depthJitter + 1) : 0;
  return {
    gradient,
    forward: { ...forward, maxIterations: Math.max(1, forward.maxIterations - lower) },
  };
}

function forwardPass(
  solution: Solution | undefined,
  gradient: GradientMethod,
): Pick<TrainRecord, 'forwardEvaluations' | 'residual' | 'forwardStatus'> {
  if (!solution) return { forwardEvaluations: gradient.kind === 'unrolled' ? gradient.depth : 0 };
  return {
    forwardEvaluations: solution.evaluations,
    residual: lowest(solution),
    forwardStatus: solution.status,
  };
}

function backwardPass(
  solution: Solution | undefined,
  gradient: GradientMethod,
): Pick<TrainRecord, 'backwardEvaluations' | 'adjointResidual' | 'backwardStatus'> {
  switch (gradient.kind) {
    case 'implicit':
      return solution
        ? {
            // One more pulls u back to the parameters.
            backwardEvaluations: solution.evaluations + 1,
            adjointResidual: lowest(solution),
            backwardStatus: solution.status,
          }
        : { backwardEvaluations: 0 };
    case 'shine':
    case 'one-step':
      return { backwardEvaluations: 1 };
    case 'neumann':
      return { backwardEvaluations: gradient.terms + 1 };
    case 'phantom':
      return { backwardEvaluations: gradient.steps };
    case 'unrolled':
      return { backwardEvaluations: gradient.depth };
  }
}

/** Of each sample its lowest relative residual, where it ends; of those the worst. */
function lowest({ records }: Solution): number {
  const samples = records[0]?.rel.length ?? 0;
  const each = Array.from({ length: samples }, (_, i) =>
    Math.min(...records.map(({ rel }) => rel[i] ?? Infinity)),
  );
  return Math.max(...each);
}

/** The Jacobian penalty of a gradient method; undefined where there is none: an unrolled pass has no fixed point to be penalised at. */
export const penaltyOf = (
  penalty: TrainOptions['penalty'],
  { kind }: GradientMethod,
): TrainOptions['penalty'] | undefined =>
  penalty.weight > 0 && kind !== 'unrolled' ? penalty : undefined;

/** What a batch leaves to the next one, where a solve has gone nowhere yet; the caller owns it. */
export function carriedBy(batch: TaskBatch, weights: Params): Params | undefined {
  if (!batch.remember) return undefined;
  const z0 = batch.problem(weights).initialState();
  try {
    return batch.remember(weights, z0);
  } finally {
    z0.dispose();
  }
}
