import {
  deviceGigabytes,
  kernelPath,
  largestPeak,
  limitVerdict,
  memoryLimit,
  studyDepth,
} from './study.ts';
import { measuresItself } from './study.ts';
import type { AppStore } from './store.ts';

/** The visitor comes first: the page measures on its own account only after such a rest. */
const REST_MILLISECONDS = 2000;

/**
 * Measures memory once, by itself, when the engine is ready and has been at rest for a while, so
 * that a fresh page fills its panel. Not where it would come near the limit, nor once a visitor
 * has cancelled it.
 */
export function autoMeasure(store: AppStore): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let resting = false;
  const measure = (): void => {
    end();
    const state = store.getState();
    const { study, experiment, device } = state;
    // The visitor was quicker.
    if (!measuresItself() || study.measuring || Object.keys(study.reports).length > 0) return;
    const limit = memoryLimit(experiment, deviceGigabytes());
    if (
      limitVerdict(largestPeak(experiment, studyDepth(state), kernelPath(device)), limit) === 'fits'
    ) {
      state.measureMemory(false);
    }
  };
  const look = (): void => {
    const { view, engine, device, activity, fault, experiment, applied, problem } =
      store.getState();
    const shown = view === 'solve' && engine === 'on';
    const ready = shown && device !== null && problem !== null && fault === null;
    const now = ready && activity === 'idle' && experiment === applied;
    if (now === resting) return;
    resting = now;
    clearTimeout(timer);
    if (now) timer = setTimeout(measure, REST_MILLISECONDS);
  };
  const unsubscribe = store.subscribe(look);
  function end(): void {
    clearTimeout(timer);
    unsubscribe();
  }
  look();
  return end;
}
