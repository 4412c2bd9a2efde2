import { demandCount } from '../demand.ts';
import type { SolverKind, Support } from '../kind.ts';
import type { LowRank } from '../lowRank.ts';
import type { SolverOptions } from '../solver.ts';
import { broyden } from './broyden.ts';
import { fusedBroyden } from './fused.ts';
import { plainBroyden } from './plain.ts';
import { broydenSettings, type BroydenOptions } from './settings.ts';

/** Broyden's method with limited memory, at work. */
export const broydenKind = {
  settings: broydenSettings,
  read: (
    { maxIterations, history = 10, rank, lineSearch = false }: SolverOptions,
    seeded = 0,
  ): BroydenOptions => {
    const pairs = rank === undefined ? history : demandCount('rank', rank);
    // No more than there can be: kernels allocate them all.
    return { rank: Math.min(pairs, maxIterations + 1 + seeded), lineSearch };
  },
  method: (options: BroydenOptions, { seed }: Support) => broyden(options, seed),
  // A line search must look at every trial, so it has nothing to gain.
  plain: (options: BroydenOptions) => (options.lineSearch ? undefined : plainBroyden(options)),
  fused: (options: BroydenOptions, seed?: LowRank) =>
    options.lineSearch ? undefined : fusedBroyden(options, seed),
} satisfies SolverKind;
