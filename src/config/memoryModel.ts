import type { Experiment } from './experiment.ts';
import {
  cellSizes,
  solveShape,
  trainingShape,
  type CellSizes,
  type ReadShape,
} from './memorySizes.ts';

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

type SolverName = 'picard' | 'anderson' | 'broyden';

const float = 4;
/** Steps between the states that gradient checkpointing keeps. */
export const checkpointInterval = (depth: number): number => Math.ceil(Math.sqrt(depth));

/**
 * Peak memory of one training step, from the sizes of the tensors that the reference operations
 * make and keep. `docs/maths.md` derives it; a test holds it against measurements to 10 %.
 */
export function predictMemory(
  experiment: Experiment,
  variant: MemoryVariant,
  depth: number,
  shape: ReadShape = solveShape(experiment),
): MemoryPrediction {
  const sizes = cellSizes(experiment.cell, shape);
  const weights = 3 * sizes.parameters;
  switch (variant) {
    case 'deq':
      return predictEquilibrium(experiment, sizes, weights, depth);
    case 'unrolled': {
      const activations = sizes.injection + depth * sizes.saved;
      const transient = Math.max(sizes.pullback + sizes.head + 2 * sizes.state, sizes.headWork);
      return prediction(
        { weights, activations, transient },
        `12 P + A₀ + n A + T = ${mb(weights)} + ${mb(sizes.injection)} + ${depth} × ${mb(sizes.saved)} + ${mb(transient)} MB`,
      );
    }
    case 'checkpointed': {
      const every = checkpointInterval(depth);
      const states = Math.ceil(depth / every);
      const activations = sizes.injection + (states + 1) * sizes.state + every * sizes.saved;
      const transient = Math.max(
        sizes.pullback + sizes.head + sizes.state + sizes.cellParameters,
        sizes.headWork - every * sizes.saved,
      );
      return prediction(
        { weights, activations, transient },
        `12 P + A₀ + (n / c) S + c A + T = ${mb(weights)} + ${mb(sizes.injection)} + ${states} × ${mb(sizes.state)} + ${every} × ${mb(sizes.saved)} + ${mb(transient)} MB, c = ${every}`,
      );
    }
  }
}

/** Bytes that the largest step of a training run will need at its peak, the twin's if there is one. */
export function predictTraining(experiment: Experiment, vocabulary: number): number {
  const { backward, train } = experiment;
  const shape = trainingShape(experiment, vocabulary);
  const peak = (variant: MemoryVariant, depth: number): number =>
    predictMemory(experiment, variant, depth, shape).peak;
  const own = backward.method === 'unrolled' ? 'unrolled' : 'deq';
  const deq = peak(own, train.maxIterations + 1);
  const shallow = train.pretrainSteps > 0 ? peak('unrolled', train.pretrainDepth) : 0;
  return Math.max(deq, shallow, train.twin ? peak('unrolled', train.twinDepth) : 0);
}

/** The larger of the two phases: the forward solve, or the tape and the adjoint solve. */
function predictEquilibrium(
  { solver, backward }: Experiment,
  sizes: CellSizes,
  weights: number,
  depth: number,
): MemoryPrediction {
  const { state } = sizes;
  const forwardHistory =
    sizes.injected + state * history(solver.method, limitOf(solver.method, solver), depth);
  const forwardTransient = Math.max(
    sizes.evaluation + 4 * state,
    state * working(solver.method, limitOf(solver.method, solver), depth),
    // The loss comes after the solve, when its history is gone and z* is left.
    state + sizes.headWork - forwardHistory,
  );
  const inForward = prediction(
    { weights, forwardHistory, transient: forwardTransient },
    `12 P + H + T = ${mb(weights)} + ${mb(forwardHistory)} + ${mb(forwardTransient)} MB (forward solve)`,
  );
  const activations = sizes.saved + sizes.injection + sizes.head + 2 * state;
  const rank = limitOf(backward.solver, backward);
  const backwardHistory = state * history(backward.solver, rank, depth);
  const backwardTransient = Math.max(
    sizes.product + 4 * state,
    state * working(backward.solver, rank, depth),
    sizes.gradient - backwardHistory,
  );
  const inBackward = prediction(
    { weights, activations, backwardHistory, transient: backwardTransient },
    `12 P + A + H_b + T = ${mb(weights)} + ${mb(activations)} + ${mb(backwardHistory)} + ${mb(backwardTransient)} MB, whatever the depth`,
  );
  return inForward.peak > inBackward.peak ? inForward : inBackward;
}

/** Anderson's window or Broyden's rank. */
const limitOf = (method: SolverName, { window, rank }: { window: number; rank: number }): number =>
  method === 'anderson' ? window : rank;

/** States a solver keeps between two iterations, in units of one z, after `depth` evaluations. */
function history(method: SolverName, limit: number, depth: number): number {
  switch (method) {
    case 'picard':
      return 3;
    case 'anderson':
      return 2 * Math.min(limit, depth) + 1;
    case 'broyden':
      return 2 * Math.min(limit, depth - 1) + 4;
  }
}

/** States a solver needs on top while it makes a step, f apart. */
function working(method: SolverName, limit: number, depth: number): number {
  switch (method) {
    case 'picard':
      return 2;
    case 'anderson':
      return 2 * Math.min(limit, depth) + 6;
    case 'broyden': {
      const pairs = Math.min(limit, depth - 1);
      // Past the limit the rows that stay are copied before the new one is appended.
      return (depth - 1 > limit ? 3 : 2) * pairs + 8;
    }
  }
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
