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

/** What it solves: the bytes of one z, the samples it holds, and the bytes that evaluating f takes. */
export interface SolvedSizes {
  readonly state: number;
  readonly samples: number;
  readonly evaluation: number;
  /** The bytes while a point is judged, where another map than the one that is iterated says how good it is. */
  readonly judging?: number | undefined;
  /** The bytes of the tape of f, and of that of its pullback. */
  readonly layer: number;
  readonly twice?: number | undefined;
  /** Whether it is affine, as the adjoint equation is. */
  readonly affine?: boolean | undefined;
}

/** Bytes of a solver after `depth` evaluations. */
export interface SolverBytes {
  /** Kept between two iterations. */
  readonly kept: number;
  /** Needed on top at most, f's own intermediates included. */
  readonly working: number;
}

/** Numbers of each sample that the norms of a residual are made of, metered: they count where states are short. */
const normNumbers = 23;

/** Points made between two looks. */
const ahead = 4;

/**
 * What a solver keeps and needs, as its kind says. Fused solvers work in buffers of full capacity, made at the
 * start, and f of the point before is gone when f is evaluated; the reference methods keep what they have so
 * far, and copy it to change it.
 */
export function solverBytes(
  { method, options, kernels }: SolverMemory,
  { state, samples, evaluation, judging, layer, twice, affine }: SolvedSizes,
  depth: number,
): SolverBytes {
  const { memory } = settingsOf(method);
  const bytes = ({ states, numbers }: Floats): number => states * state + 4 * numbers * samples;
  const fused = kernels === 'fused' ? memory.fused?.(options, depth) : null;
  if (fused)
    return {
      kept: bytes(fused.kept) + 4 * traceLength * samples,
      working:
        Math.max(evaluation - state, bytes(fused.working), state) +
        16 * Math.min(ahead, depth) * samples,
    };
  const { kept, working, products } = memory.reference(options, depth, {
    samples,
    numbers: state / 4 / samples,
    affine,
  });
  const norms = 4 * normNumbers * samples;
  const replayed = products === 'pullback' && twice !== undefined;
  const tapes = (products === undefined ? 0 : layer) + (replayed ? twice : 0);
  // A difference is two evaluations beside all the rest, one after the other.
  const differed = products !== undefined && products !== 'rows' && !replayed;
  const made = bytes(working) + (differed ? evaluation + 3 * state : 0) + norms;
  const stepping =
    judging === undefined
      ? Math.max(evaluation + 4 * state + norms, made)
      : Math.max(evaluation + state, made);
  // Another map judges a point when the step to it is done.
  const judged = judging === undefined ? 0 : judging + 4 * state + norms;
  return { kept: bytes(kept), working: Math.max(tapes + stepping, judged) };
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
