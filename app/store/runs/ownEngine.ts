/** An engine beside the page's own, for what a visitor asks to have solved in the background. */
import type {
  DeviceReport,
  Experiment,
  IterationRecord,
  TrainRecord,
} from '../../../src/engine/protocol/protocol.ts';
import type { RunInput } from '../../../src/runs/run.ts';
import { weightsOf as weightsFrom } from '../../../src/schema/weights.ts';
import { createWeights } from '../config/weights.ts';
import type { StartEngine, Task } from '../engine/lane.ts';
import { openOwnLane } from '../engine/ownLane.ts';
import { fetchOwnFile, type Bytes } from '../files.ts';
import type { AppStore } from '../store.ts';
import { sha256 } from './hash.ts';
import { stepBytes } from './keepSolve.ts';
import type { EndedSolve } from './solveRun.ts';

/** One thing at a time; each rejects as cancelled once the signal is aborted, at once. */
export interface OwnEngine {
  /** Resolves once there is an engine. */
  readonly start: () => Promise<void>;
  /** Known once it has started; before it is what the page's own engine computes on. */
  readonly device: () => DeviceReport | null;
  /** Solves the set-up to its end. `file`: its weights, where they are not random. */
  readonly solve: (experiment: Experiment, file: Bytes | undefined) => Promise<EndedSolve>;
  /** Gives a task of another kind the engine; `onTrained` hears of the steps it makes. */
  readonly ask: <T>(
    task: Task<T>,
    onTrained?: (records: readonly TrainRecord[]) => void,
  ) => Promise<T>;
  readonly close: () => void;
}

/** Nothing is started before it is asked for; aborting the signal ends it. */
export function openOwnEngine(store: AppStore, start: StartEngine, signal: AbortSignal): OwnEngine {
  let records: IterationRecord[] = [];
  let solve = -1;
  let onTrained: (records: readonly TrainRecord[]) => void = () => undefined;
  const { device: seen, kernels } = store.getState();
  let device = seen;
  const lane = openOwnLane({
    ...{ startEngine: start, signal },
    boot: async (engine) => {
      device = seen
        ? // In use by the page's engine, which has checked them on this device.
          await engine.boot(seen.backend.name, seen.kernels.inUse, true)
        : await engine.boot('auto', kernels);
    },
    onEvent: (event) => {
      if (event.event === 'trained') onTrained(event.records);
      if (event.event !== 'records' || event.phase !== 'forward') return;
      if (event.solve !== solve) {
        solve = event.solve;
        records = [];
      }
      records.push(...event.records);
    },
  });
  return {
    start: () => lane.ask(() => Promise.resolve()),
    device: () => device,
    solve: async (experiment, file) => {
      const { sizes, status } = await lane.ask(async (engine) => {
        const { sizes: metered } = await engine.configure(experiment, file);
        return { sizes: metered, status: (await engine.run('forward')).status };
      });
      signal.throwIfAborted();
      const metered = { experiment, sizes };
      const bytes = stepBytes({ metered, device }, experiment, records.length);
      return { experiment, pass: 'forward', records, status, device, stepBytes: bytes };
    },
    ask: async (task, hear = () => undefined) => {
      onTrained = hear;
      const answer = await lane.ask(task);
      signal.throwIfAborted();
      return answer;
    },
    close: lane.close,
  };
}

/**
 * The file of weights of a set-up; undefined for random ones. `weights`: those that it was solved with. Rejects, in
 * words, where they are the visitor's own and not on the page any more.
 */
export async function fileOfWeights(
  store: AppStore,
  experiment: Experiment,
  { hash }: Pick<RunInput['weights'], 'hash'>,
): Promise<Bytes | undefined> {
  if (weightsFrom(experiment) !== 'trained') return createWeights(fetchOwnFile).of(experiment);
  const own = store.getState().ownModel();
  if (own && hash !== undefined && (await sha256(own)) === hash) return own;
  throw new Error(
    'it was solved with weights of your own that are not on this page any more. Open their file in the Solve view and try again.',
  );
}
