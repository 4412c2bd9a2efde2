import type { Experiment } from '../../src/config/experiment.ts';
import type { Engine } from '../../src/engine/client.ts';
import type { SolveReport } from '../../src/engine/protocol.ts';
import type { Remote } from './remote.ts';
import type { SolveSlice, Speed, StoreAccess } from './state.ts';

/** What is on screen before the engine has done anything. */
export type Opening = Pick<SolveSlice, 'source' | 'records' | 'status'> & {
  readonly applied: Experiment;
};

/** The solve and its transport. */
export function createSolveSlice(
  { get, set }: StoreAccess,
  remote: Remote,
  opening: Opening,
): SolveSlice {
  const isOver = (): boolean => {
    const { source, status, applied, experiment } = get();
    return source === 'live' && applied === experiment && status !== 'running';
  };
  /** Leaves the recorded run: what is shown from here on is computed here. */
  const goLive = (): void => {
    if (get().source === 'recorded') {
      set({ source: 'live', records: [], status: 'running', applied: get().experiment });
    }
  };
  const settle = (report: SolveReport): void => {
    remote.flush();
    if (report.solve === get().solve) set({ status: report.status });
  };
  const rewind = async (engine: Engine): Promise<void> => {
    if (get().records.length <= 1 && get().status === 'running') return;
    const { solve, status } = await engine.reset();
    remote.flush();
    set({ solve, status, records: [] });
    settle(await engine.step(1));
  };
  const run = (pace: Speed): void => {
    const perSecond = pace === 'max' ? undefined : pace;
    const again = isOver();
    goLive();
    set({ pace });
    remote.enqueue('running', async (engine) => {
      if (again) await rewind(engine);
      if (get().status === 'running') settle(await engine.run(perSecond));
    });
  };
  return {
    ...opening,
    problem: null,
    solve: -1,
    activity: 'idle',
    pace: 'max',
    step: () => {
      if (isOver()) return;
      goLive();
      // While it plays, a step ends the run and adds one: the visitor wants to look closer.
      if (get().activity === 'running') remote.cancel();
      remote.enqueue('stepping', async (engine) => {
        if (get().status === 'running') settle(await engine.step(1));
      });
    },
    play: () => {
      const { speed, activity } = get();
      if (activity !== 'running') run(speed);
    },
    pause: () => {
      remote.cancel();
      // What waited is dropped, but iteration 0 must still come up.
      remote.enqueue('stepping');
    },
    runToEnd: () => {
      if (isOver()) return;
      // Already playing at a slower pace: end that run and go on without one.
      if (get().activity === 'running') remote.cancel();
      run('max');
    },
    reset: () => {
      remote.cancel();
      goLive();
      remote.enqueue('stepping', rewind);
    },
  };
}
