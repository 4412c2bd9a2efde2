import type { SolveStatus } from '../../../src/engine/protocol/protocol.ts';
import { isBehind, shownRecords, shownStatus } from './shown.ts';
import type { AppState } from '../state.ts';

/** Where the page stands. Everything that says so, in words or by disabling, derives from this. */
export type Phase =
  | 'recorded'
  | 'starting'
  | 'preparing'
  | 'ready'
  | 'running'
  | 'paused'
  | 'failed'
  | Exclude<SolveStatus, 'running'>;

type Relevant = Pick<
  AppState,
  | 'fault'
  | 'source'
  | 'engine'
  | 'applied'
  | 'experiment'
  | 'problem'
  | 'pass'
  | 'records'
  | 'status'
  | 'adjoint'
  | 'activity'
>;

/** The phase of the solve on screen, from state alone. */
export function phaseOf(state: Relevant): Phase {
  if (state.fault) return 'failed';
  if (state.source === 'recorded') return 'recorded';
  if (state.engine !== 'on') return 'starting';
  if (isBehind(state)) return 'preparing';
  const status = shownStatus(state);
  const made = shownRecords(state).length;
  if (status !== 'running') return status;
  // Before its first record a backward solve waits for the forward one and the linearization.
  if (state.pass === 'backward' && made === 0) return 'preparing';
  if (state.activity === 'running') return 'running';
  if (made === 0) return 'preparing';
  return made === 1 ? 'ready' : 'paused';
}

/** Whether the solve on screen has ended by itself. */
export function isFinal(phase: Phase): boolean {
  switch (phase) {
    case 'converged':
    case 'max-iterations':
    case 'stalled':
    case 'diverged':
    case 'nonfinite':
      return true;
    case 'recorded':
    case 'starting':
    case 'preparing':
    case 'ready':
    case 'running':
    case 'paused':
    case 'failed':
      return false;
  }
}
