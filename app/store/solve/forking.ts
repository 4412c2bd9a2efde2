import type { Experiment } from '../../../src/schema/experiment.ts';
import { faultOf } from '../engine/faults.ts';
import type { Passes } from './passes.ts';
import type { SolveLane } from '../engine/solveLane.ts';
import { shownExperiment } from './shown.ts';
import type { StoreAccess } from '../state.ts';

/** What starting and judging a branch takes. */
export interface ForkingOptions extends StoreAccess {
  readonly lane: SolveLane;
  readonly passes: Passes;
}

/** Starts a branch at the iteration shown; one with noise runs to its end at the chosen speed. */
export function startBranch(
  { get, set, lane, passes }: ForkingOptions,
  experiment: Experiment,
  noise: number | null,
): void {
  const { records, cursor, speed } = get();
  const at = cursor ?? records.length - 1;
  lane.cancel();
  passes.goLive();
  set({ cursor: null, replaying: false, pass: 'forward', halted: null });
  if (noise !== null) set({ pace: speed });
  lane.enqueue(noise === null ? 'stepping' : 'running', async (engine, wanted) => {
    // A recorded run has yet to be made on this machine.
    const missing = at + 1 - get().records.length;
    if (missing > 0) await passes.advance(engine, 'forward', { count: missing });
    const { branch: old, records: made, status, observed, applied } = get();
    if (!wanted() || made.length <= at) return;
    const parent = { experiment: shownExperiment(get()), branch: old, records: made, status };
    const report = await engine.fork(experiment, {
      iteration: at - (old?.at ?? 0),
      ...(noise === null ? {} : { noise: { size: noise, seed: applied.random.seed } }),
    });
    lane.flush();
    set({
      branch: { at, experiment, noise, parent, distance: null },
      ...{ records: made.slice(0, at), observed: observed.slice(0, at) },
      ...{ solve: report.solve, status: report.status, adjoint: null },
    });
    await passes.advance(engine, 'forward', { count: 1 });
    if (noise === null || !wanted()) return;
    const perSecond = speed === 'max' ? undefined : speed;
    await passes.advance(engine, 'forward', { perSecond });
  });
}

/** Has the branch that has just ended compared with its parent. */
export async function compareWithParent({ get, set, lane }: ForkingOptions): Promise<void> {
  const { solve } = get();
  try {
    await lane.errand('branch', async (engine, wanted) => {
      const distance = await engine.distance();
      const { branch, solve: now } = get();
      if (wanted() && branch && now === solve) set({ branch: { ...branch, distance } });
    });
  } catch (error) {
    // It may have given way to the visitor; anything worse the engine reports by itself.
    if (faultOf(error).kind !== 'cancelled') throw error;
  }
}
