/** Times the work on screen on both backends while nobody waits, so that `auto` takes the faster one. */
import type { DeviceReport, Experiment } from '../../../src/engine/protocol/protocol.ts';
import { loadPart } from '../../parts/loadPart.ts';
import { measuresItself } from '../memory/studySlice.ts';
import type { AppState } from '../state.ts';
import type { AppStore } from '../store.ts';
import { isBusy } from '../train/types.ts';
import { timingOf, withTiming, workKey, type TimedBackend, type Work } from './backends.ts';
import type { StartEngine } from './lane.ts';

/** The visitor comes first, and what the page measures at two seconds of rest. */
const REST_MILLISECONDS = 2500;

/** The other backend than the one in use; null where there is no other, or it was tried in vain. */
function otherThan({ backend }: DeviceReport): TimedBackend | null {
  if (backend.name === 'webgpu') return 'wasm';
  const lacks = backend.rejected.some(({ name }) => name === 'webgpu');
  return backend.name === 'wasm' && !lacks ? 'webgpu' : null;
}

/** What the page is to time now; null where it is known, is not to be found out, or somebody else computes. */
export function dueWork(state: AppState): { work: Work; experiment: Experiment } | null {
  const { view, activity, fault, experiment, applied, problem } = state;
  const device = state.device ?? state.trainDevice;
  const busy = activity !== 'idle' || isBusy(state.runPhase) || state.study.measuring !== null;
  if (busy || fault || (device && !otherThan(device))) return null;
  if (view === 'solve') {
    const ready = state.engine === 'on' && problem !== null && experiment === applied;
    if (!ready || state.solveBackend !== 'auto') return null;
    return timingOf(state, experiment, 'solve') ? null : { work: 'solve', experiment };
  }
  // The next run is a new one, and of what is in the rail.
  if (view !== 'train' || state.run || state.trainBackend !== 'auto') return null;
  return timingOf(state, experiment, 'train') ? null : { work: 'train', experiment };
}

/** Watches for work whose faster backend isn't known, and finds it out once the page has been at rest for a while. */
export function timeBackends(store: AppStore, startEngine: StartEngine): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let trial: AbortController | null = null;
  /** Work that could not be timed: once is enough. */
  const vain = new Set<string>();

  const begin = async ({ work, experiment }: NonNullable<ReturnType<typeof dueWork>>) => {
    const key = workKey(experiment, work);
    trial = new AbortController();
    const { signal } = trial;
    const again = (): void => void begin({ work, experiment });
    try {
      // Most visits find their work timed already.
      const { timeBoth } = await loadPart(() => import('./timeBoth.ts'), { draws: false });
      signal.throwIfAborted();
      const found = await timeBoth(store, startEngine, { work, experiment, signal });
      if (signal.aborted) return;
      if (found === 'gave way') timer = setTimeout(again, REST_MILLISECONDS);
      else if (!found) vain.add(key);
      else {
        const { timings } = store.getState();
        store.setState({ timings: withTiming(timings, found.adapter, key, found.timing) });
      }
    } catch {
      // Interrupted, or a backend that does not do this: the one in use stays.
      if (!signal.aborted) vain.add(key);
    }
  };
  const stop = store.subscribe(
    dueWork,
    (due) => {
      clearTimeout(timer);
      trial?.abort();
      trial = null;
      if (!due || !measuresItself() || vain.has(workKey(due.experiment, due.work))) return;
      timer = setTimeout(() => void begin(due), REST_MILLISECONDS);
    },
    {
      equalityFn: (a, b) => a?.work === b?.work && a?.experiment === b?.experiment,
      fireImmediately: true,
    },
  );
  return () => {
    stop();
    clearTimeout(timer);
    trial?.abort();
  };
}
