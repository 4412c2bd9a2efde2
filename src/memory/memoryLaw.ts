import { settingsOf } from '../numerics/settingsOf.ts';
import type { Experiment } from '../schema/experiment.ts';
import { takesInverse } from '../schema/maps.ts';
import type { ForwardSizes, MapSizes, ProblemSizes } from './problemSizes.ts';
import {
  growthWords,
  solverBytes,
  type KernelPath,
  type SolvedSizes,
  type SolverBytes,
  type SolverMemory,
} from './solverMemory.ts';

export type { KernelPath, ProblemSizes };

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

/** A problem as metered on a device, and the kernels that solvers have there. */
export interface MeteredProblem {
  readonly sizes: ProblemSizes;
  readonly kernels: KernelPath;
}

/** Steps between the states that gradient checkpointing keeps. */
export const checkpointInterval = (depth: number): number => Math.ceil(Math.sqrt(depth));

/**
 * Peak memory of one training step: the law of each network, with the sizes that one evaluation and
 * pullback were metered to have. `docs/maths.md` derives it; a test holds it against measurements to 10 %
 * at depths it was not taken at. `depth`: evaluations of f in the forward pass, and in a DEQ's backward pass.
 */
export function predictMemory(
  experiment: Experiment,
  variant: MemoryVariant,
  depth: number,
  { sizes, kernels }: MeteredProblem,
): MemoryPrediction {
  switch (variant) {
    case 'deq': {
      const { solver, backward } = experiment;
      // Other libraries' conventions have no kernels.
      const path = solver.convention === 'own' ? kernels : 'stock';
      const forward = { method: solver.method, options: solver, kernels: path };
      const adjoint = { method: backward.solver, options: backward, kernels };
      return predictEquilibrium(
        { solver: forward, depth, learnt: takesInverse(experiment) },
        { solver: adjoint, depth },
        sizes,
      );
    }
    case 'unrolled':
      return predictUnrolled(sizes, depth);
    case 'checkpointed':
      return predictCheckpointed(sizes, depth);
  }
}

/** An explicit network of so many layers. */
export function predictUnrolled(sizes: ProblemSizes, depth: number): MemoryPrediction {
  const { state, below, layer, taping, head, headWork, pullback, cotangents } = sizes;
  const weights = 3 * sizes.parameters;
  const activations = below + depth * layer;
  const first = head + pullback;
  const transient = Math.max(
    taping - layer,
    headWork,
    first,
    // From the second step on, sums of cotangents stand beside a step's own.
    depth > 1 ? first + state + cotangents - layer : 0,
    state + head + sizes.gradient - activations,
    sizes.update - activations,
  );
  return prediction(
    { weights, activations, transient },
    `12 P + A₀ + n A + T = ${mb(weights)} + ${mb(below)} + ${depth} × ${mb(layer)} + ${mb(transient)} MB`,
  );
}

function predictCheckpointed(sizes: ProblemSizes, depth: number): MemoryPrediction {
  const { state, below, layer, head, headWork, pullback, cotangents, evaluation } = sizes;
  const weights = 3 * sizes.parameters;
  const every = checkpointInterval(depth);
  const stretches = Math.ceil(depth / every);
  // While the second stretch is pulled back: z₀, the states before it, and the last state.
  const kept = Math.max(1, stretches - 1) * state;
  const activations = below + kept + every * layer;
  // Sums of cotangents stand beside a step's own from the second step on.
  const first = head + pullback;
  const later = first + state + cotangents;
  const transient = Math.max(
    first,
    stretches > 1 ? later : later - layer,
    // Before that only states are kept, all of them.
    headWork + state - every * layer,
    evaluation + state - every * layer,
    state + head + sizes.gradient - activations,
    sizes.update - activations,
  );
  return prediction(
    { weights, activations, transient },
    `12 P + A₀ + (n / c) S + c A + T = ${mb(weights)} + ${mb(below)} + ${mb(kept)} + ${every} × ${mb(layer)} + ${mb(transient)} MB, c = ${every}`,
  );
}

/** A solver, and the evaluations that it makes. */
export interface Pass {
  readonly solver: SolverMemory;
  readonly depth: number;
  /** Whether what a forward pass learns of the inverse Jacobian stays for the backward one. */
  readonly learnt?: boolean;
}

/** The larger of the two phases: the forward solve, or the tape and the adjoint solve. */
export function predictEquilibrium(
  forward: Pass,
  /** Null where no solver finds u: it is dL/dz, or made of products with Jᵀ, one after the other. */
  adjoint: Pass | null,
  sizes: ProblemSizes,
): MemoryPrediction {
  const { state, injected, taping, tape, head, headWork, penalised, shared = 0 } = sizes;
  const weights = 3 * sizes.parameters;
  const { kept: forwardHistory, working } = forwardBytes(forward, sizes);
  const { solver, depth } = forward;
  const learntStates =
    (forward.learnt && settingsOf(solver.method).memory.learntStates?.(solver.options, depth)) || 0;
  const learnt = learntStates * state;
  const forwardTransient = Math.max(
    working,
    // What was learnt is copied before the solve's buffers go.
    learnt,
    // The loss comes after the solve, when its history is gone and z* is left.
    learnt + shared + state + headWork - forwardHistory,
    learnt + shared + state + head + injected + taping - forwardHistory,
  );
  const inForward = prediction(
    { weights, forwardHistory, transient: forwardTransient },
    `12 P + H + T = ${mb(weights)} + ${mb(forwardHistory)} + ${mb(forwardTransient)} MB (forward solve), ${growthWords(forward.solver, forward.depth)}`,
  );
  // The tape, z* with dL/dz, what the loss leaves to the parameters, what maps go on sharing, and what was learnt.
  const activations = tape + head + state + shared + learnt;
  const seeded = adjoint && { ...adjoint, depth: adjoint.depth + learntStates / 2 };
  const back = seeded
    ? passBytes(seeded, { ...sizes, evaluation: sizes.product, affine: true }, sizes.adjointMap)
    : { kept: state, working: sizes.product };
  const backwardHistory = back.kept;
  const backwardTransient = Math.max(
    back.working,
    state + sizes.gradient - backwardHistory,
    // Beside u, the probe.
    penalised === undefined ? 0 : 2 * state + penalised - backwardHistory,
    sizes.update - activations - backwardHistory,
  );
  const growth = adjoint ? growthWords(adjoint.solver, adjoint.depth) : 'no adjoint solve';
  const inBackward = prediction(
    { weights, activations, backwardHistory, transient: backwardTransient },
    `12 P + A + H_b + T = ${mb(weights)} + ${mb(activations)} + ${mb(backwardHistory)} + ${mb(backwardTransient)} MB, ${growth}`,
  );
  return inForward.peak > inBackward.peak ? inForward : inBackward;
}

/** What a forward solve keeps, what x contributes included, and needs beside it. */
export function forwardBytes(forward: Pass, sizes: ForwardSizes): SolverBytes {
  const { injected, forwardMap } = sizes;
  const { kept, working } = passBytes(forward, sizes, forwardMap);
  // A map holds what x contributes itself.
  return { kept: (forwardMap ? 0 : injected) + kept, working };
}

/** What a pass keeps and needs of what is solved, or of a map in its place. */
function passBytes(
  { solver, depth }: Pass,
  solved: SolvedSizes,
  map: MapSizes | undefined,
): SolverBytes {
  if (!map) return solverBytes(solver, solved, depth);
  // Kernels iterate nothing but f; the map's start stays until the end.
  const stock: SolverMemory = { ...solver, kernels: 'stock' };
  const { evaluation, judging, tape: layer, twice } = map;
  const { state, samples } = solved;
  const mapped = { state, samples, evaluation, judging, layer, twice };
  const { kept, working } = solverBytes(stock, mapped, depth);
  const held = map.held + state + kept;
  return { kept: held, working: Math.max(working, map.opening - held) };
}

function prediction(
  bytes: Partial<MemoryParts> & Pick<MemoryParts, 'weights' | 'transient'>,
  formula: string,
): MemoryPrediction {
  const parts = { activations: 0, forwardHistory: 0, backwardHistory: 0, ...bytes };
  return { parts, peak: Object.values(parts).reduce((a, b) => a + b, 0), formula };
}

/** Megabytes, three significant digits. */
const mb = (bytes: number): string => String(Number((bytes / 1e6).toPrecision(3)));
