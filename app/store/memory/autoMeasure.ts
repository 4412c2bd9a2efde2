import {
  deviceGigabytes,
  largestPeak,
  limitVerdict,
  memoryLimit,
  meteredProblem,
  studyDepth,
} from './study.ts';
import { measuresItself } from './studySlice.ts';
import type { AppState } from '../state.ts';
import type { AppStore } from '../store.ts';

/** The visitor comes first: the page measures on its own account only after such a rest. */
const REST_MILLISECONDS = 2000;

/**
 * Measures memory once, by itself, when the engine is ready and has been at rest for a while, so
 * that a fresh page fills its panel. Not where it would come near the limit, nor once a visitor
 * has cancelled it.
 */
export function autoMeasure(store: AppStore): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const measure = (): void => {
    end();
    const state = store.getState();
    const { study, experiment } = state;
    // The visitor was quicker.
    if (!measuresItself() || study.measuring || Object.keys(study.reports).length > 0) return;
    const limit = memoryLimit(experiment, deviceGigabytes());
    const problem = meteredProblem(state);
    if (!problem) return;
    if (limitVerdict(largestPeak(experiment, studyDepth(state), problem), limit) === 'fits')
      state.measureMemory(false);
  };
  const rests = (state: AppState): boolean => {
    const { view, engine, device, activity, fault, experiment, applied, problem } = state;
    const shown = view === 'solve' && engine === 'on';
    const ready = shown && device !== null && problem !== null && fault === null;
    return ready && activity === 'idle' && experiment === applied;
  };
  const unsubscribe = store.subscribe(
    rests,
    (resting) => {
      clearTimeout(timer);
      if (resting) timer = setTimeout(measure, REST_MILLISECONDS);
    },
    { fireImmediately: true },
  );
  function end(): void {
    clearTimeout(timer);
    unsubscribe();
  }
  return end;
}
