import type { Experiment } from '../../../src/schema/experiment.ts';
import { rested } from '../engine/rested.ts';
import { shownRecords, shownStatus } from '../solve/shown.ts';
import type { AppStore } from '../store.ts';

/**
 * Shows iteration `k` of the forward solve of the set-up: runs it there at full speed unless it has
 * been there. Returns a sentence if the solve ends before, null otherwise; gives up without a word
 * when the visitor pauses the run, changes the set-up or leaves the view.
 */
export async function showIteration(
  store: AppStore,
  experiment: Experiment,
  k: number,
): Promise<string | null> {
  const act = store.getState;
  const watch = { get: act, subscribe: store.subscribe };
  const meant = (): boolean => act().experiment === experiment && act().view === 'solve';
  const head = (): number => (isShown() ? shownRecords(act()).length - 1 : -1);
  // Until the engine has the new set-up, the records are those of the one before.
  const isShown = (): boolean => act().source === 'recorded' || act().applied === experiment;

  if (!meant()) return null;
  if (act().activity === 'running') act().pause();
  act().showPass('forward');
  // The link means the solve from z₀.
  if (act().branch) act().reset();
  await rested(watch);
  if (!meant()) return null;
  if (k > 0 && act().source === 'live' && head() < k) {
    const { until } = act();
    act().setUntil({ below: null, iteration: k, stalled: false });
    const mine = act().until;
    act().runToEnd();
    await rested(watch);
    if (act().until === mine) act().setUntil(until);
  }
  if (!meant() || act().fault || act().pass !== 'forward') return null;
  if (head() >= k) {
    act().goTo(k);
    return null;
  }
  const end = head();
  if (end < 0 || (act().source === 'live' && shownStatus(act()) === 'running')) return null;
  return `This link asks for iteration ${String(k)}, but the run ends at iteration ${String(end)}; its end is shown.`;
}
