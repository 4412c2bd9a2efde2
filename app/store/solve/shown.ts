import { conventionOf } from '../../../src/numerics/conventions.ts';
import type { Experiment } from '../../../src/schema/experiment.ts';
import type { IterationRecord, SolveStatus } from '../../../src/engine/protocol/protocol.ts';
import { worst } from '../../charts/series.ts';
import type { AppState, Pass } from '../state.ts';

type Solves = Pick<AppState, 'pass' | 'records' | 'status' | 'adjoint'>;

const none: readonly IterationRecord[] = [];

/** A forward solve before its first record. */
export const nothingMade = (): Pick<
  AppState,
  'records' | 'observed' | 'status' | 'branch' | 'cursor' | 'replaying' | 'halted'
> => ({
  records: [],
  observed: [],
  status: 'running',
  branch: null,
  cursor: null,
  replaying: false,
  halted: null,
});

/** A set-up that the engine has not opened, before anything is made of it: nothing on screen is of another one. */
export const notOpened = (experiment: Experiment) => ({
  ...nothingMade(),
  ...{ applied: experiment, problem: null, adjoint: null },
});

/** Whether the live solve on screen is not that of the set-up in the rail: of another one, or of none before the engine has opened it. */
export const isBehind = ({
  source,
  applied,
  experiment,
  problem,
}: Pick<AppState, 'source' | 'applied' | 'experiment' | 'problem'>): boolean =>
  source === 'live' && (applied !== experiment || problem === null);

/** Records of one of the solves; the same array as long as nothing is added. */
export const recordsOf = (state: Solves, pass: Pass): readonly IterationRecord[] =>
  pass === 'forward' ? state.records : (state.adjoint?.records ?? none);

/** Records of the solve on screen. */
export const shownRecords = (state: Solves): readonly IterationRecord[] =>
  recordsOf(state, state.pass);

/** Status of the solve on screen. */
export const shownStatus = ({ pass, status, adjoint }: Solves): SolveStatus =>
  pass === 'forward' ? status : (adjoint?.status ?? 'running');

/** The iteration looked back at, of the solve on screen; null at its head. */
export const cursorOn = (state: Solves & Pick<AppState, 'cursor'>): number | null =>
  state.cursor !== null && state.cursor < shownRecords(state).length - 1 ? state.cursor : null;

/** The record that the numbers on screen are of. */
export const shownRecord = (
  state: Solves & Pick<AppState, 'cursor'>,
): IterationRecord | undefined => shownRecords(state).at(cursorOn(state) ?? -1);

let kept = { records: none, cursor: 0, past: none };

/** Records up to the one that is looked at; the same array as long as neither changes. */
export function shownPast(state: Solves & Pick<AppState, 'cursor'>): readonly IterationRecord[] {
  const records = shownRecords(state);
  const cursor = cursorOn(state);
  if (cursor === null) return records;
  if (kept.records !== records || kept.cursor !== cursor)
    kept = { records, cursor, past: records.slice(0, cursor + 1) };
  return kept.past;
}

/** The set-up of the solve on screen: a branch has a solver of its own. */
export const shownExperiment = ({ applied, branch }: Pick<AppState, 'applied' | 'branch'>) =>
  branch?.experiment ?? applied;

/** The iteration at which the solve on screen left its parent, as a fork or a kick does; 0 where it has none. */
export const startOf = ({ pass, branch }: Pick<AppState, 'branch' | 'pass'>): number =>
  pass === 'forward' ? (branch?.at ?? 0) : 0;

/** The iteration at which the solve on screen ends whatever happens. */
export const limitOf = (state: Pick<AppState, 'applied' | 'branch' | 'pass'>): number =>
  solverOf(shownExperiment(state), state.pass).maxIterations + startOf(state);

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

/** Whether the solve has one residual for all samples together. */
export const sharesResidual = ({ solver }: Pick<Experiment, 'solver'>, pass: Pass): boolean =>
  pass === 'forward' && conventionOf(solver).scope === 'batch';

/** The other one. */
export const otherPass = (pass: Pass): Pass => (pass === 'forward' ? 'backward' : 'forward');

/** Whether the shown iteration can be gone on from: the engine keeps the forward solve it works on. */
export const canFork = ({ pass, records, cursor, branch }: AppState): boolean =>
  pass === 'forward' && records.length > 0 && (cursor ?? records.length - 1) >= (branch?.at ?? 0);

/** Whether the shown iteration has a state to disturb. */
export const canPerturb = (state: AppState): boolean => {
  const newest = state.records[state.cursor ?? state.records.length - 1];
  return canFork(state) && newest !== undefined && Number.isFinite(worst(newest.abs));
};
