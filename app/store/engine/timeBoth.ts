/** A trial of both backends: loaded when there is work that nobody has timed. */
import type {
  DeviceReport,
  Experiment,
  TrainingText,
} from '../../../src/engine/protocol/protocol.ts';
import { weightsOf, withRandomWeights } from '../../../src/schema/weights.ts';
import { createWeights } from '../config/weights.ts';
import { fetchOwnFile } from '../files.ts';
import type { AppStore } from '../store.ts';
import { createTexts } from '../train/texts.ts';
import type { TimedBackend, Timing, Work } from './backends.ts';
import type { StartEngine } from './lane.ts';
import { openOwnLane } from './ownLane.ts';
import { judge, type Contender } from './trial.ts';

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

/** The name of the GPU a report is of; empty for none. */
const adapterOf = (report: DeviceReport | null): string => {
  const adapter = report?.backend.adapter;
  return adapter ? [adapter.vendor, adapter.architecture, adapter.description].join(' ') : '';
};

/** A trial that something else has ended. */
class GaveWay extends Error {}

/** What a trial found, and what it took. */
export interface Trial {
  readonly adapter: string;
  readonly timing: Timing;
  /** Milliseconds until both backends were ready: engines that start, weights and texts, kernels that are compiled, what is measured on the page's engine by then. */
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
): Promise<Trial | 'gave way' | null> {
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
    return (least) => lane.ask((engine) => engine.timeIterations(least));
  };
  /** The solve that is on screen. */
  const shown: Contender = async (least) => {
    const found = await state.timeHere(least);
    if (found === null) throw new GaveWay();
    return found;
  };
  const training = async (backend: TimedBackend, text: TrainingText): Promise<Contender> => {
    const lane = openLane(backend);
    const asked = shortened(withRandomWeights(experiment));
    await lane.ask((engine) => engine.openTraining(asked, text));
    return (least) =>
      lane.ask(async (engine) => {
        const from = performance.now();
        let [steps, spent] = [0, 0];
        // Another step, unless most of it would be over.
        do {
          await engine.train(1);
          steps++;
          spent = performance.now() - from;
        } while (spent + spent / steps / 2 < least);
        return spent / steps;
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
    if (!device) return null;
    const other = device.backend.name === 'wasm' ? 'webgpu' : 'wasm';
    const rival = await solving(other);
    // Something else may be measured on it first.
    await shown(0);
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
  } catch (error) {
    if (error instanceof GaveWay) return 'gave way';
    throw error;
  } finally {
    for (const lane of lanes) lane.close();
  }
}
