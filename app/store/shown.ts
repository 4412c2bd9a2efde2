import type { Experiment } from '../../src/config/experiment.ts';
import type { IterationRecord, SolveStatus } from '../../src/engine/protocol.ts';
import type { AppState, Pass } from './state.ts';

type Solves = Pick<AppState, 'pass' | 'records' | 'status' | 'adjoint'>;

const none: readonly IterationRecord[] = [];

/** A forward solve before its first record. */
export const nothingMade = (): Pick<AppState, 'records' | 'lens' | 'status'> => ({
  records: [],
  lens: [],
  status: 'running',
});

/** Records of one of the solves; the same array as long as nothing is added. */
export const recordsOf = (state: Solves, pass: Pass): readonly IterationRecord[] =>
  pass === 'forward' ? state.records : (state.adjoint?.records ?? none);

/** Records of the solve on screen. */
export const shownRecords = (state: Solves): readonly IterationRecord[] =>
  recordsOf(state, state.pass);

/** Status of the solve on screen. */
export const shownStatus = ({ pass, status, adjoint }: Solves): SolveStatus =>
  pass === 'forward' ? status : (adjoint?.status ?? 'running');

/** How a solve is set up to iterate and to stop. */
export interface ShownSolver {
  readonly method: Experiment['solver']['method'];
  readonly tolerance: number;
  readonly stopMode: 'rel' | 'abs';
  readonly maxIterations: number;
}

/** Solver settings of either pass; the adjoint solve always stops on its relative residual. */
export function solverOf({ solver, backward }: Experiment, pass: Pass): ShownSolver {
  if (pass === 'forward') return solver;
  const { solver: method, tolerance, maxIterations } = backward;
  return { method, tolerance, maxIterations, stopMode: 'rel' };
}

/** The other one. */
export const otherPass = (pass: Pass): Pass => (pass === 'forward' ? 'backward' : 'forward');
