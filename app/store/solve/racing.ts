import type { Experiment } from '../../../src/schema/experiment.ts';
import type { Progress } from '../../../src/engine/protocol/protocol.ts';
import { faultOf } from '../engine/faults.ts';
import type { SolveLane } from '../engine/solveLane.ts';
import type { StoreAccess } from '../state.ts';

/** Runs the lanes one after the other, while nothing else is asked of the engine. */
export async function runRace(
  { get, set, lane }: StoreAccess & { readonly lane: SolveLane },
  experiments: readonly Experiment[],
): Promise<void> {
  const total = experiments.length;
  const progress = { done: 0, total, label: 'Getting ready' };
  set({ race: { experiments, rows: [], progress, failure: null } });
  const onProgress = ({ done, total, label }: Progress): void => {
    set({ race: { ...get().race, progress: { done, total, label } } });
  };
  let failure: string | null = null;
  try {
    await lane.errand('race', async (engine) => {
      const rows = await engine.with({ onProgress }).race(experiments);
      set({ race: { ...get().race, rows } });
    });
  } catch (error) {
    const { kind, message } = faultOf(error);
    if (kind !== 'cancelled') failure = message;
  }
  const { rows } = get().race;
  if (failure === null && rows.length < total)
    failure = `Stopped after ${String(rows.length)} of ${String(total)} solvers.`;
  set({ race: { ...get().race, progress: null, failure } });
}
