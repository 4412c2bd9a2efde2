import type { Experiment } from '../../../src/schema/experiment.ts';
import type { EngineCalls } from '../../../src/engine/client.ts';
import { createReplay } from './cursorSlice.ts';
import { isOver, type Passes } from './passes.ts';
import type { SolveLane } from '../engine/solveLane.ts';
import { cursorOn, nothingMade } from './shown.ts';
import type { SolveSlice, Speed, StoreAccess } from '../state.ts';

/** What is on screen before the engine has done anything. */
export type Opening = Pick<SolveSlice, 'source' | 'records' | 'status'> & {
  readonly applied: Experiment;
};

/** The solve on screen, forward or backward, and its transport. */
export function createSolveSlice(
  access: StoreAccess,
  lane: SolveLane,
  passes: Passes,
  opening: Opening,
): SolveSlice {
  const { get, set } = access;
  const over = (): boolean => isOver(access);

  /** Takes the shown solve back to its first record. */
  const rewind = async (engine: EngineCalls, wanted: () => boolean): Promise<void> => {
    const { pass, records, status, adjoint, branch } = get();
    if (pass === 'backward') {
      if (adjoint?.records.length !== 1) set({ adjoint: null });
      await passes.openAdjoint(engine, wanted, false);
      return;
    }
    if (!branch && records.length <= 1 && status === 'running') return;
    const report = await engine.reset();
    lane.flush();
    set({ ...nothingMade(), solve: report.solve, status: report.status, adjoint: null });
    await passes.advance(engine, 'forward', { count: 1 });
  };
  /** Asks for the shown solve to move, opened first if it isn't. */
  const move = (
    activity: 'stepping' | 'running',
    how: { readonly count?: number; readonly perSecond?: number | undefined },
    again = false,
  ): void => {
    const { pass } = get();
    set({ cursor: null, replaying: false, halted: null });
    lane.enqueue(activity, async (engine, wanted) => {
      if (again) await rewind(engine, wanted);
      if (pass === 'backward') await passes.openAdjoint(engine, wanted, false);
      if (wanted()) await passes.advance(engine, pass, { ...how, wanted });
    });
  };
  const run = (pace: Speed): void => {
    const again = over();
    passes.goLive();
    set({ pace });
    move('running', { perSecond: pace === 'max' ? undefined : pace }, again);
  };
  const replay = createReplay(access, () => {
    run(get().speed);
  });
  const { records, status } = opening;
  return {
    ...opening,
    problem: null,
    metered: null,
    observed: [],
    compiling: false,
    solve: -1,
    activity: 'idle',
    following: false,
    pace: 'max',
    pass: 'forward',
    adjoint: null,
    finished: status === 'running' ? null : (records.at(-1)?.evaluations ?? null),
    showPass: (pass) => {
      if (get().pass === pass) return;
      if (get().activity !== 'idle') lane.cancel();
      const recorded = get().source === 'recorded';
      set({ pass, cursor: null, replaying: false, halted: null });
      if (pass === 'backward' || get().activity !== 'idle') {
        passes.goLive();
        passes.refresh(recorded || get().records.length === 0);
      }
    },
    step: (count = 1) => {
      const cursor = cursorOn(get());
      if (cursor !== null) {
        get().goTo(cursor + count);
        return;
      }
      if (over()) return;
      passes.goLive();
      // While it plays, a step ends the run and adds one: the visitor wants to look closer.
      if (get().activity === 'running') lane.cancel();
      move('stepping', { count });
    },
    play: () => {
      const { speed, activity } = get();
      if (activity === 'running') return;
      if (cursorOn(get()) !== null) replay();
      else run(speed);
    },
    pause: () => {
      if (get().replaying) {
        set({ replaying: false });
        return;
      }
      lane.cancel();
      // What waited is dropped, but iteration 0 must still come up.
      passes.refresh(false);
    },
    runToEnd: () => {
      set({ cursor: null, replaying: false });
      if (over()) return;
      // Already playing at a slower pace: end that run and go on without one.
      if (get().activity === 'running') lane.cancel();
      run('max');
    },
    reset: () => {
      lane.cancel();
      passes.goLive();
      set({ cursor: null, replaying: false, halted: null });
      lane.enqueue('stepping', rewind);
    },
  };
}
