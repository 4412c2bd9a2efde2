/** Times the work on screen on both backends while nobody waits, so that `auto` takes the faster one. */
import type {
  DeviceReport,
  Experiment,
  TrainingText,
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
import { judge, type Contender } from './trial.ts';

/** The visitor comes first, and what the page measures at two seconds of rest. */
const REST_MILLISECONDS = 2500;
/** Milliseconds of iterations that one backend makes at its turn. */
const TURN_MILLISECONDS = 15;
/** The same at the first turn of an engine that has computed nothing yet: its code is compiled while it runs. */
const WARM_MILLISECONDS = 400;
/** Iterations of either solve in a step of training that is timed: a whole one can take seconds. */
const SOLVE_ITERATIONS = 3;

/** Characters of a text that are enough to be learnt from for some steps: reading all of one takes seconds. */
const TEXT_LENGTH = 40_000;

/** Training that is timed: steps of the same shapes, with short solves and nothing between two of them. */
const shortened = ({ train, ...experiment }: Experiment): Experiment => ({
  ...experiment,
  train: {
    ...train,
    ...{ twin: false, pretrainSteps: 0, spectrumEvery: 0 },
    validateEvery: train.steps,
    maxIterations: Math.min(SOLVE_ITERATIONS, train.maxIterations),
    adjointIterations: Math.min(SOLVE_ITERATIONS, train.adjointIterations),
  },
});

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
    } catch (error) {
      if (signal.aborted) return;
      // Interrupted, it is tried again at rest; of a backend that does not do this the one in use stays.
      if (error instanceof GaveWay)
        timer = setTimeout(() => void begin({ work, experiment }), REST_MILLISECONDS);
      else vain.add(key);
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

/** A trial that something else has ended. */
class GaveWay extends Error {}

/** What a trial found, and what it took. */
export interface Trial {
  readonly adapter: string;
  readonly timing: Timing;
  /** Milliseconds until both backends were ready: engines that start, weights and texts, kernels that are compiled. */
  readonly startMilliseconds: number;
  /** Milliseconds in which they were compared. */
  readonly trialMilliseconds: number;
}

/** One work to be timed; the signal gives it up. */
export interface TrialOf {
  readonly work: Work;
  readonly experiment: Experiment;
  readonly signal: AbortSignal;
}

/**
 * Times one work on both backends in turn: a solve on the engine that is on screen, beside its own, and on one for the
 * other backend; training on two of its own. Null where one of them cannot be had.
 */
export async function timeBoth(
  store: AppStore,
  startEngine: StartEngine,
  { work, experiment, signal }: TrialOf,
): Promise<Trial | null> {
  const began = performance.now();
  const state = store.getState();
  const device = state.device ?? state.trainDevice;
  const lanes: { readonly close: () => void }[] = [];
  let adapter = adapterOf(device);
  const openLane = (backend: TimedBackend) => {
    const lane = openOwnLane({
      ...{ startEngine, signal },
      boot: async (engine) => {
        // What the page's engine uses it has checked on this device.
        const checked = device?.backend.name === backend;
        const kernels = checked ? device.kernels.inUse : state.kernels;
        const report = await engine.boot(backend, kernels, checked);
        adapter ||= adapterOf(report);
      },
    });
    lanes.push(lane);
    return lane;
  };

  /** A solve on an engine of its own. */
  const solving = async (backend: TimedBackend): Promise<Contender> => {
    const lane = openLane(backend);
    const own = weightsOf(experiment) === 'trained' ? state.ownModel() : null;
    const file = own ?? (await createWeights(fetchOwnFile).of(experiment));
    await lane.ask((engine) => engine.configure(experiment, file));
    return (warming) =>
      lane.ask((engine) => engine.timeIterations(warming ? WARM_MILLISECONDS : TURN_MILLISECONDS));
  };
  /** The solve that is on screen. */
  const shown: Contender = async () => {
    const found = await state.timeHere(TURN_MILLISECONDS);
    if (found === null) throw new GaveWay();
    return found;
  };
  const training = async (backend: TimedBackend, text: TrainingText): Promise<Contender> => {
    const lane = openLane(backend);
    const asked = shortened(withRandomWeights(experiment));
    await lane.ask((engine) => engine.openTraining(asked, text));
    return (warming) =>
      lane.ask(async (engine) => {
        const from = performance.now();
        let steps = 0;
        do {
          await engine.train(1);
          steps++;
        } while (warming && performance.now() - from < WARM_MILLISECONDS / 2);
        return (performance.now() - from) / steps;
      });
  };

  const contenders = async (): Promise<Record<TimedBackend, Contender> | null> => {
    if (work === 'train') {
      const texts = createTexts({ fetchFile: fetchOwnFile, own: () => state.corpus.own });
      const found = await texts(experiment);
      if ('problem' in found) return null;
      const text = found.text?.slice(0, TEXT_LENGTH);
      const webgpu = await training('webgpu', text);
      return { webgpu, wasm: await training('wasm', text) };
    }
    const other = device && otherThan(device);
    if (!other) return null;
    const rival = await solving(other);
    return other === 'wasm' ? { webgpu: shown, wasm: rival } : { webgpu: rival, wasm: shown };
  };
  try {
    const both = await contenders();
    if (!both) return null;
    const ready = performance.now();
    const timing = await judge(both, { signal });
    const ended = performance.now();
    return {
      ...{ adapter, timing },
      ...{ startMilliseconds: ready - began, trialMilliseconds: ended - ready },
    };
  } finally {
    for (const lane of lanes) lane.close();
  }
}
