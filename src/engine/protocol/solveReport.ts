import type { SolveStatus } from '../../numerics/solver.ts';

/** Which of the two solves: z ← f(z), or the adjoint u ← Jᵀu + dL/dz at the best forward point so far. */
export type Phase = 'forward' | 'backward';

/** How a command that advances a solve left it. */
export interface SolveReport {
  /** Number of the solve; `configure`, `reset` start a new one. */
  readonly solve: number;
  readonly phase: Phase;
  readonly status: SolveStatus;
  /** True when `interrupt` ended it early. */
  readonly interrupted: boolean;
}
