import type { IterationRecord } from '../../src/engine/protocol/protocol.ts';
import { worst } from '../charts/series.ts';
import type { Branch } from './explore.ts';
import type { AppState } from './state.ts';

/** A branch's record as one of the whole solve: the parent's work up to there counts. */
export function onBranch(record: IterationRecord, branch: Branch | null): IterationRecord {
  if (!branch) return record;
  // Its first evaluation is the parent's last one, made again.
  const before = (branch.parent.records[branch.at]?.evaluations ?? 1) - 1;
  return {
    ...record,
    iteration: record.iteration + branch.at,
    evaluations: record.evaluations + before,
  };
}

/** Whether the shown iteration can be gone on from: the engine keeps the forward solve it works on. */
export const canFork = ({ pass, records, cursor, branch }: AppState): boolean =>
  pass === 'forward' && records.length > 0 && (cursor ?? records.length - 1) >= (branch?.at ?? 0);

/** Whether the shown iteration has a state to disturb. */
export const canPerturb = (state: AppState): boolean => {
  const newest = state.records[state.cursor ?? state.records.length - 1];
  return canFork(state) && newest !== undefined && Number.isFinite(worst(newest.abs));
};
