import { encodeOutcome } from '../../../src/schema/outcome.ts';
import { solveOutcome, trainingOutcome } from '../../store/link/outcomeHere.ts';
import type { AppState } from '../../store/state.ts';

/** How the solve or the training of the set-up in view ended here, as a link says it; null where it has not. */
export function linkableOutcome(state: AppState): string | null {
  const { view, experiment } = state;
  if (view !== 'solve' && view !== 'train') return null;
  const outcome = (view === 'solve' ? solveOutcome : trainingOutcome)(state, experiment);
  return outcome && encodeOutcome(outcome);
}
