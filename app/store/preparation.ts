import type { Experiment } from '../../src/schema/experiment.ts';
import type { Engine } from '../../src/engine/client.ts';
import type { EngineEvent } from '../../src/engine/protocol/protocol.ts';
import type { Bytes } from './files.ts';
import { sameBackward, sameForward } from './sameSettings.ts';
import { nothingMade } from './shown.ts';
import type { Pass, StoreAccess } from './state.ts';
import type { Weights } from './weights.ts';

/** Brings one engine to the set-up in the rail. */
export interface Preparation {
  /**
   * For a forward pass: the problem and, once live, iteration 0. For a backward pass also the
   * backward settings: the engine then computes the forward records again, without showing them.
   */
  readonly prepare: (pass: Pass) => Promise<void>;
  /** Whether an event belongs to such a replay; the page has its records already. */
  readonly absorbs: (event: EngineEvent) => boolean;
}

/** A preparation for a fresh engine. `alive` turns false when the engine is replaced. */
export function createPreparation(
  engine: Engine,
  options: StoreAccess & {
    readonly flush: () => void;
    readonly alive: () => boolean;
    readonly weights: Weights;
  },
): Preparation {
  const { get, set, flush, alive, weights } = options;
  let configured: Experiment | null = null;
  /** The file of the configured weights: other weights are another problem. */
  let loaded: Bytes | undefined;
  /** Records the page shows and the engine, configured anew, has not made again yet. */
  let owed = 0;
  let replaying = false;

  const configure = async (experiment: Experiment, file: Bytes | undefined): Promise<void> => {
    const problem = await engine.configure(experiment, file);
    if (!alive()) return;
    configured = experiment;
    loaded = file;
    flush();
    set({ problem, solve: problem.solve, memory: problem.memory, adjoint: null });
    set({ comparison: { ...get().comparison, report: null, failure: null } });
  };

  const replay = async (): Promise<void> => {
    if (owed === 0) return;
    replaying = true;
    try {
      await engine.step('forward', owed);
    } finally {
      replaying = false;
    }
  };

  const prepareForward = async (): Promise<void> => {
    const { experiment } = get();
    const file = await weights.of(experiment);
    if (!alive()) return;
    if (!configured || file !== loaded || !sameForward(configured, experiment)) {
      await configure(experiment, file);
      if (!alive()) return;
      owed = 0;
      set({ spectrum: { ...get().spectrum, report: null, failure: null } });
      if (get().source === 'live') set(nothingMade());
    }
    await replay();
    await makeFirst();
  };

  /** Has iteration 0 made, once what is shown is computed here. */
  const makeFirst = async (): Promise<void> => {
    const current = get();
    if (!alive() || !configured || current.source === 'recorded') return;
    const applied = sameForward(configured, current.experiment) ? current.experiment : configured;
    if (current.applied !== applied) set({ applied });
    if (get().records.length > 0) return;
    const report = await engine.step('forward', 1);
    flush();
    if (report.solve === get().solve) set({ status: report.status });
  };

  return {
    prepare: async (pass) => {
      await prepareForward();
      const { experiment, records, source } = get();
      if (pass === 'forward' || !alive() || !configured) return;
      if (sameBackward(configured, experiment) || !sameForward(configured, experiment)) return;
      await configure(experiment, loaded);
      if (!alive()) return;
      // The way into a branch is lost with the configured solve; it begins again at z₀.
      if (get().branch) set(nothingMade());
      else owed = source === 'live' ? records.length : 0;
      await replay();
      await makeFirst();
    },
    absorbs: (event) => {
      if (replaying && event.event === 'lens') return true;
      if (!replaying || event.event !== 'records') return false;
      owed = Math.max(0, owed - event.records.length);
      return true;
    },
  };
}
