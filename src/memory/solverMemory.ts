import type { KernelPath } from './memoryShapes.ts';

/** A solver as far as its memory goes. */
export interface SolverMemory {
  readonly method: 'picard' | 'anderson' | 'broyden';
  /** Anderson's window or Broyden's rank. */
  readonly limit: number;
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

/** What a solver keeps and needs. */
export const solverFloats = (
  solver: SolverMemory,
  sizes: SolvedSizes,
  depth: number,
): SolverFloats =>
  solver.kernels === 'fused' ? fused(solver, sizes, depth) : stock(solver, sizes, depth);

/** Parts of a sum over one sample, Broyden's pairs that are summed together, as in `src/numerics/fused`, and points made between two looks. */
const parts = 32;
const pairsAtOnce = 4;
const ahead = 4;

/**
 * Fused solvers work in buffers of full capacity, made at the start: the point, the best one and f of
 * the newest, the history, and sums. f of the point before is gone when f is evaluated.
 */
function fused(
  { method, limit }: SolverMemory,
  { state, samples, evaluation }: SolvedSizes,
  depth: number,
): SolverFloats {
  const capacity = Math.min(limit, depth);
  const [states, numbers, sums] = {
    picard: [3, 4, 2 * parts],
    anderson: [
      2 * capacity + 3,
      capacity ** 2 + capacity * (capacity + 1) + 4 * (2 + capacity),
      2 * parts * capacity,
    ],
    broyden: [
      2 * capacity + 5,
      4 * (2 + capacity + parts),
      4 *
        parts *
        (pairsAtOnce * Math.max(1, Math.ceil(Math.min(limit, depth - 2) / pairsAtOnce)) + 1),
    ],
  }[method] as [number, number, number];
  const looks = 4 * Math.min(ahead, depth) * samples;
  return {
    kept: states * state + numbers * samples,
    working: Math.max(evaluation - state, sums * samples, state) + looks,
  };
}

/** The reference methods keep what they have so far, and copy it to change it. */
function stock(
  { method, limit }: SolverMemory,
  { state, samples, evaluation }: SolvedSizes,
  depth: number,
): SolverFloats {
  const [kept, working] = statesOf(method, limit, depth);
  // Anderson's systems, one for each sample: many samples of few numbers make them count.
  const systems = method === 'anderson' ? 16 * Math.min(limit, depth - 1) ** 2 * samples : 0;
  return {
    kept: kept * state,
    working: Math.max(evaluation + 4 * state, working * state + systems),
  };
}

/** States kept between two iterations, and needed on top while a step is made, f apart. */
function statesOf(
  method: SolverMemory['method'],
  limit: number,
  depth: number,
): [kept: number, working: number] {
  switch (method) {
    case 'picard':
      return [3, 2];
    case 'anderson': {
      const window = Math.min(limit, depth);
      return [2 * window + 1, 2 * window + 6];
    }
    case 'broyden': {
      const pairs = Math.min(limit, depth - 1);
      // Past the limit the rows that stay are copied before the new one is appended.
      return [2 * pairs + 4, (depth - 1 > limit ? 3 : 2) * pairs + 8];
    }
  }
}
