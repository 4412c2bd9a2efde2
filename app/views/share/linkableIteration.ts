import type { AppState } from '../../store/state.ts';
import { cursorOn } from '../../store/solve/shown.ts';

/**
 * The iteration on screen, where a link can lead to it: of the forward solve from z₀, looked back at
 * or rested on. Null at its start, while it runs, and for what a link does not hold.
 */
export function linkableIteration(state: AppState): number | null {
  const { view, pass, branch, activity, replaying, applied, experiment, records } = state;
  if (view !== 'solve' || pass !== 'forward' || branch || applied !== experiment) return null;
  if (activity !== 'idle' || replaying) return null;
  const head = records.length - 1;
  return cursorOn(state) ?? (head > 0 ? head : null);
}
