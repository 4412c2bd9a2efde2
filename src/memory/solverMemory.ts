import { traceLength } from '../numerics/fused/settings.ts';
import type { Floats } from '../numerics/kind.ts';
import { settingsOf } from '../numerics/settingsOf.ts';
import type { SolverId } from '../schema/solverFields.ts';

/** Kernels whose buffers solvers have: our fused ones, or TensorFlow.js's own. */
export type KernelPath = 'fused' | 'stock';

/** A solver as far as its memory goes. */
export interface SolverMemory {
  readonly method: SolverId;
  /** The section of the settings that its own options stand in. */
  readonly options: object;
  readonly kernels: KernelPath;
}

/** What it solves: the size of one z, the samples it holds, and what evaluating f makes. */
export interface SolvedSizes {
  readonly state: number;
  readonly samples: number;
  readonly evaluation: number;
}

/** Floats of a solver after `depth` evaluations. */
interface SolverFloats {
  /** Kept between two iterations. */
  readonly kept: number;
  /** Needed on top at most, f's own intermediates included. */
  readonly working: number;
}

/** Points made between two looks. */
const ahead = 4;

/**
 * What a solver keeps and needs, as its kind says. Fused solvers work in buffers of full capacity, made at the
 * start, and f of the point before is gone when f is evaluated; the reference methods keep what they have so
 * far, and copy it to change it.
 */
export function solverFloats(
  { method, options, kernels }: SolverMemory,
  { state, samples, evaluation }: SolvedSizes,
  depth: number,
): SolverFloats {
  const { memory } = settingsOf(method);
  const floats = ({ states, numbers }: Floats): number => states * state + numbers * samples;
  const fused = kernels === 'fused' ? memory.fused?.(options, depth) : null;
  if (fused)
    return {
      kept: floats(fused.kept) + traceLength * samples,
      working:
        Math.max(evaluation - state, floats(fused.working), state) +
        4 * Math.min(ahead, depth) * samples,
    };
  const { kept, working } = memory.reference(options, depth, {
    samples,
    numbers: state / samples,
  });
  return { kept: floats(kept), working: Math.max(evaluation + 4 * state, floats(working)) };
}

/** The same in bytes, as the sizes of what is solved are. */
export function solverBytes(
  solver: SolverMemory,
  { state, samples, evaluation }: SolvedSizes,
  depth: number,
): SolverFloats {
  const floats = { state: state / 4, samples, evaluation: evaluation / 4 };
  const { kept, working } = solverFloats(solver, floats, depth);
  return { kept: 4 * kept, working: 4 * working };
}

/** How a solver's part of a peak goes on with depth. */
export function growthWords({ method, options }: SolverMemory, depth: number): string {
  const { title, memory } = settingsOf(method);
  const full = memory.fullAt(options);
  if (full === null) return `whatever the depth: ${title} keeps no history`;
  return depth >= full
    ? 'whatever the depth: the history is full'
    : `growing until the history is full at n = ${full}`;
}
