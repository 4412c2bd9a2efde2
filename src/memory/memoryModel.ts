import type { Experiment } from '../schema/experiment.ts';
import {
  solveShape,
  trainingShape,
  type CellSizes,
  type KernelPath,
  type ReadShape,
} from './memoryShapes.ts';
import { cellSizes } from './memorySizes.ts';
import { growthWords, solverFloats, type SolverMemory } from './solverMemory.ts';

export type { KernelPath };

/** The networks whose training memory is compared. */
export type MemoryVariant = 'deq' | 'unrolled' | 'checkpointed';

/** Bytes by what they are for, adding up to the peak of one training step. */
export interface MemoryParts {
  /** Weights and two Adam moments. */
  readonly weights: number;
  /** Activations kept for backpropagation. */
  readonly activations: number;
  /** z, its injection, and the forward solver's history. */
  readonly forwardHistory: number;
  /** The backward solver's history. */
  readonly backwardHistory: number;
  /** Everything else alive at the peak: intermediates of one evaluation, gradients. */
  readonly transient: number;
}

/** What one training step will need, before it is run. */
export interface MemoryPrediction {
  readonly parts: MemoryParts;
  readonly peak: number;
  /** The formula with the current numbers put in, in MB. */
  readonly formula: string;
}

const float = 4;
/** Steps between the states that gradient checkpointing keeps. */
export const checkpointInterval = (depth: number): number => Math.ceil(Math.sqrt(depth));

/**
 * Peak memory of one training step, from the sizes of the tensors that these kernels make and keep.
 * `docs/maths.md` derives it; a test holds it against measurements to 10 %.
 */
export function predictMemory(
  experiment: Experiment,
  variant: MemoryVariant,
  depth: number,
  kernels: KernelPath,
  shape: ReadShape = solveShape(experiment),
): MemoryPrediction {
  const sizes = cellSizes(experiment.cell, shape, kernels);
  const { state, head, headWork, saved, injection, injected, pullback, cellParameters } = sizes;
  const weights = 3 * sizes.parameters;
  /** The largest of what is needed on top of `activations`, at the end of the step for Adam's update. */
  const transientOf = (activations: number, ...needs: number[]): number =>
    Math.max(...needs, updateWork(sizes) - activations);
  // From the second step on, sums of cotangents stand beside a step's own.
  const sums = cellParameters + injected;
  switch (variant) {
    case 'deq':
      return predictEquilibrium(experiment, sizes, kernels, depth);
    case 'unrolled': {
      const activations = injection + depth * saved;
      const first = pullback + head + state;
      const transient = transientOf(activations, headWork, first, first + state + sums - saved);
      return prediction(
        { weights, activations, transient },
        `12 P + A₀ + n A + T = ${mb(weights)} + ${mb(injection)} + ${depth} × ${mb(saved)} + ${mb(transient)} MB`,
      );
    }
    case 'checkpointed': {
      const every = checkpointInterval(depth);
      const states = Math.ceil(depth / every);
      // The second stretch to be pulled back, z0 and the one before it gone, the last state there.
      const kept = Math.max(1, states - 1) * state;
      const activations = injection + kept + every * saved;
      const transient = transientOf(
        activations,
        pullback + head + 2 * state + sums,
        headWork + state - every * saved,
      );
      return prediction(
        { weights, activations, transient },
        `12 P + A₀ + (n / c) S + c A + T = ${mb(weights)} + ${mb(injection)} + ${mb(kept)} + ${every} × ${mb(saved)} + ${mb(transient)} MB, c = ${every}`,
      );
    }
  }
}

/** Bytes that the largest step of a training run will need at its peak, the twin's if there is one. */
export function predictTraining(
  experiment: Experiment,
  vocabulary: number,
  kernels: KernelPath,
): number {
  const { backward, train } = experiment;
  const shape = trainingShape(experiment, vocabulary);
  const peak = (variant: MemoryVariant, depth: number): number =>
    predictMemory(experiment, variant, depth, kernels, shape).peak;
  const own = backward.method === 'unrolled' ? 'unrolled' : 'deq';
  const deq = Math.max(
    peak(own, train.maxIterations + 1),
    train.jacobianWeight > 0 ? predictPenalty(cellSizes(experiment.cell, shape, kernels)) : 0,
  );
  const shallow = train.pretrainSteps > 0 ? peak('unrolled', train.pretrainDepth) : 0;
  return Math.max(deq, shallow, train.twin ? peak('unrolled', train.twinDepth) : 0);
}

/**
 * Bytes of the Jacobian penalty's gradient: the tape of f with its two states, the tape of its pullback,
 * a gradient, and eleven more states for vectors and their products (counted on the cells there are).
 */
const predictPenalty = ({ parameters, saved, head, state, gradient }: CellSizes): number =>
  float * (3 * parameters + 2 * saved + head + gradient + 13 * state);

/** The gradient as one vector, and both moments and the move before the old moments go. */
const updateWork = ({ parameters }: CellSizes): number => 4 * parameters;

/** The larger of the two phases: the forward solve, or the tape and the adjoint solve. */
function predictEquilibrium(
  { solver, backward }: Experiment,
  sizes: CellSizes,
  kernels: KernelPath,
  depth: number,
): MemoryPrediction {
  const { state, samples, injected, evaluation, product, headWork, gradient } = sizes;
  const weights = 3 * sizes.parameters;
  // Other libraries' conventions have no kernels.
  const forward: SolverMemory = {
    ...{ method: solver.method, options: solver },
    kernels: solver.convention === 'own' ? kernels : 'stock',
  };
  const ahead = solverFloats(forward, { state, samples, evaluation }, depth);
  const forwardHistory = injected + ahead.kept;
  const forwardTransient = Math.max(
    ahead.working,
    // The loss comes after the solve, when its history is gone and z* is left.
    state + headWork - forwardHistory,
  );
  const inForward = prediction(
    { weights, forwardHistory, transient: forwardTransient },
    `12 P + H + T = ${mb(weights)} + ${mb(forwardHistory)} + ${mb(forwardTransient)} MB (forward solve), ${growthWords(forward, depth)}`,
  );
  const activations = sizes.saved + sizes.head + 2 * state;
  const adjoint: SolverMemory = { method: backward.solver, options: backward, kernels };
  const back = solverFloats(adjoint, { state, samples, evaluation: product }, depth);
  const backwardHistory = back.kept;
  const backwardTransient = Math.max(
    back.working,
    gradient - backwardHistory,
    updateWork(sizes) - activations - backwardHistory,
  );
  const inBackward = prediction(
    { weights, activations, backwardHistory, transient: backwardTransient },
    `12 P + A + H_b + T = ${mb(weights)} + ${mb(activations)} + ${mb(backwardHistory)} + ${mb(backwardTransient)} MB, ${growthWords(adjoint, depth)}`,
  );
  return inForward.peak > inBackward.peak ? inForward : inBackward;
}

function prediction(
  floats: Partial<MemoryParts> & Pick<MemoryParts, 'weights' | 'transient'>,
  formula: string,
): MemoryPrediction {
  const { weights, activations = 0, forwardHistory = 0, backwardHistory = 0, transient } = floats;
  const parts = {
    weights: float * weights,
    activations: float * activations,
    forwardHistory: float * forwardHistory,
    backwardHistory: float * backwardHistory,
    transient: float * transient,
  };
  return { parts, peak: Object.values(parts).reduce((a, b) => a + b, 0), formula };
}

/** Floats as megabytes, three significant digits. */
const mb = (floats: number): string => String(Number(((float * floats) / 1e6).toPrecision(3)));
