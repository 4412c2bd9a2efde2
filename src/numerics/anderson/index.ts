import { demandCount } from '../demand.ts';
import type { SolverKind } from '../kind.ts';
import type { SolverOptions } from '../solver.ts';
import { anderson } from './anderson.ts';
import { fusedAnderson } from './fused.ts';
import { plainAnderson } from './plain.ts';
import { andersonSettings, type AndersonOptions } from './settings.ts';

/** Anderson acceleration at work. */
export const andersonKind = {
  settings: andersonSettings,
  read: ({
    maxIterations,
    damping = 1,
    history = 6,
    window,
    ridge = 1e-4,
    ridgeMode = 'relative',
  }: SolverOptions): AndersonOptions => {
    const points = window === undefined ? history : demandCount('window', window);
    return {
      // No more than there can be: kernels allocate them all.
      window: Math.min(points, maxIterations + 1),
      damping,
      ridge,
      ridgeMode,
    };
  },
  method: anderson,
  fused: fusedAnderson,
  plain: plainAnderson,
} satisfies SolverKind;
