import type { Experiment } from '../../src/schema/experiment.ts';
import type { Engine } from '../../src/engine/client.ts';
import type { Bytes } from './files.ts';
import { sameForward } from './sameSettings.ts';
import { nothingMade } from './shown.ts';
import type { StoreAccess } from './state.ts';
import type { Weights } from './weights.ts';

/** Brings one engine to the set-up in the rail: its problem and, once live, iteration 0. */
export type Prepare = () => Promise<void>;

/** For a fresh engine. `alive` turns false when the engine is replaced. */
export function createPreparation(
  engine: Engine,
  options: StoreAccess & {
    readonly flush: () => void;
    readonly alive: () => boolean;
    readonly weights: Weights;
  },
): Prepare {
  const { get, set, flush, alive, weights } = options;
  let configured: Experiment | null = null;
  /** The file of the configured weights: other weights are another problem. */
  let loaded: Bytes | undefined;

  const configure = async (experiment: Experiment, file: Bytes | undefined): Promise<void> => {
    const problem = await engine.configure(experiment, file);
    if (!alive()) return;
    configured = experiment;
    loaded = file;
    flush();
    set({ problem, solve: problem.solve, memory: problem.memory, adjoint: null });
    set({ spectrum: { ...get().spectrum, report: null, failure: null } });
    set({ comparison: { ...get().comparison, report: null, failure: null } });
    if (get().source === 'live') set(nothingMade());
  };

  /** Has iteration 0 made, once what is shown is computed here. */
  const makeFirst = async (): Promise<void> => {
    const current = get();
    if (!configured || current.source === 'recorded') return;
    const applied = sameForward(configured, current.experiment) ? current.experiment : configured;
    if (current.applied !== applied) set({ applied });
    if (current.records.length > 0) return;
    const report = await engine.step('forward', 1);
    flush();
    if (report.solve === get().solve) set({ status: report.status });
  };

  return async () => {
    const { experiment } = get();
    const file = await weights.of(experiment);
    if (!alive()) return;
    if (!configured || file !== loaded || !sameForward(configured, experiment))
      await configure(experiment, file);
    if (alive()) await makeFirst();
  };
}
