/** Times the work on screen on both backends while nobody waits, so that `auto` takes the faster one. */
import type { EngineCalls } from '../../../src/engine/client.ts';
import type {
  BackendPreference,
  DeviceReport,
  Experiment,
} from '../../../src/engine/protocol/protocol.ts';
import { weightsOf, withRandomWeights } from '../../../src/schema/weights.ts';
import { measuresItself } from '../memory/studySlice.ts';
import type { AppState } from '../state.ts';
import type { AppStore } from '../store.ts';
import { isBusy } from '../train/types.ts';
import { createTexts } from '../train/texts.ts';
import { fetchOwnFile } from '../files.ts';
import { createWeights } from '../config/weights.ts';
import {
  timingOf,
  withTiming,
  workKey,
  type TimedBackend,
  type Timing,
  type Work,
} from './backends.ts';
import type { StartEngine } from './lane.ts';
import { openOwnLane } from './ownLane.ts';

/** The visitor comes first, and what the page measures at two seconds of rest. */
const REST_MILLISECONDS = 2500;
/** Iterations of a timed solve: enough for a solver to be past its first ones. */
const ITERATIONS = 6;
/** Milliseconds after which no further step is timed, and the most of them. */
const STEPS_MILLISECONDS = 300;
const STEPS = 5;

/** Milliseconds of one iteration of the solve, on an engine that has the set-up configured. */
const timeSolve = async (engine: EngineCalls, experiment: Experiment): Promise<number> => {
  const solver = { ...experiment.solver, maxIterations: ITERATIONS };
  const [row] = await engine.race([{ ...experiment, solver }]);
  // One that has converged before has made fewer.
  return (row?.times?.least ?? Infinity) / Math.max(1, row?.records.length ?? 1);
};

/** Milliseconds of the quickest of a few steps, after one that warms up: what else the machine does only adds to it. */
async function timeTraining(engine: EngineCalls): Promise<number> {
  await engine.train(1);
  const began = performance.now();
  let least = Infinity;
  for (let made = 0; made < STEPS && performance.now() - began < STEPS_MILLISECONDS; made++) {
    const from = performance.now();
    await engine.train(1);
    least = Math.min(least, performance.now() - from);
  }
  return least;
}

/** The other backend than the one in use; null where there is no other, or it was tried in vain. */
function otherThan({ backend }: DeviceReport): TimedBackend | null {
  if (backend.name === 'webgpu') return 'wasm';
  const lacks = backend.rejected.some(({ name }) => name === 'webgpu');
  return backend.name === 'wasm' && !lacks ? 'webgpu' : null;
}

/** The name of the GPU a report is of; empty for none. */
const adapterOf = (report: DeviceReport | null): string => {
  const adapter = report?.backend.adapter;
  return adapter ? [adapter.vendor, adapter.architecture, adapter.description].join(' ') : '';
};

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
    try {
      const found = await timeBoth(store, startEngine, { work, experiment, signal });
      if (signal.aborted) return;
      if (!found) vain.add(key);
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

/** Times one work on both backends, each in an engine of its own; null where one of them cannot be had. */
async function timeBoth(
  store: AppStore,
  start: StartEngine,
  { work, experiment, signal }: { work: Work; experiment: Experiment; signal: AbortSignal },
): Promise<{ readonly adapter: string; readonly timing: Timing } | null> {
  const state = store.getState();
  const { kernels } = state;
  const device = state.device ?? state.trainDevice;
  const asked = work === 'train' ? withRandomWeights(experiment) : experiment;
  const own = weightsOf(asked) === 'trained' ? state.ownModel() : null;
  const file = own ?? (await createWeights(fetchOwnFile).of(asked));
  const texts = createTexts({ fetchFile: fetchOwnFile, own: () => state.corpus.own });
  const found = work === 'train' ? await texts(asked) : null;
  if (found && 'problem' in found) return null;
  const on = async (
    backend: BackendPreference,
  ): Promise<{ report: DeviceReport | null; ms: number }> => {
    let report: DeviceReport | null = null;
    const lane = openOwnLane({
      ...{ startEngine: start, signal },
      boot: async (engine) => {
        // What the page's engine uses it has checked on this device.
        report =
          device?.backend.name === backend
            ? await engine.boot(backend, device.kernels.inUse, true)
            : await engine.boot(backend, kernels);
      },
    });
    try {
      const ms = await lane.ask(async (engine) => {
        if (!found) {
          await engine.configure(asked, file);
          return timeSolve(engine, asked);
        }
        await engine.openTraining(asked, found.text);
        return timeTraining(engine);
      });
      return { report, ms };
    } finally {
      lane.close();
    }
  };
  const webgpu = await on('webgpu');
  signal.throwIfAborted();
  const wasm = await on('wasm');
  return {
    adapter: adapterOf(webgpu.report),
    timing: { webgpu: webgpu.ms, wasm: wasm.ms },
  };
}
