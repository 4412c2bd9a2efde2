import type { SolverKind } from '../kind.ts';
import type { SolverOptions } from '../solver.ts';
import { fusedPicard } from './fused.ts';
import { picard } from './picard.ts';
import { plainPicard } from './plain.ts';
import { picardSettings, type PicardOptions } from './settings.ts';

/** Picard iteration at work. */
export const picardKind = {
  settings: picardSettings,
  read: ({ damping = 1 }: SolverOptions): PicardOptions => ({ damping }),
  method: picard,
  fused: fusedPicard,
  plain: plainPicard,
} satisfies SolverKind;
