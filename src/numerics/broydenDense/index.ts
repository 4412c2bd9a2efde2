import type { SolverKind } from '../kind.ts';
import type { SolverOptions } from '../solver.ts';
import { broydenDense } from './broydenDense.ts';
import { broydenDenseSettings, type BroydenDenseOptions } from './settings.ts';

/** Dense Broyden at work. */
export const broydenDenseKind = {
  settings: broydenDenseSettings,
  read: ({ damping = 1 }: SolverOptions): BroydenDenseOptions => ({ damping }),
  method: broydenDense,
} satisfies SolverKind;
