import { createSolveLane } from '../../app/store/engine/solveLane.ts';
import { createTraining } from '../../app/store/train/trainSlice.ts';
import { afterEach, beforeEach, vi } from 'vitest';
import { defaultExperiment } from '../../src/schema/experiment.ts';
import { fakeEngines, type FakeOptions } from './fakeEngine.ts';
import { someRecord } from './fakeValues.ts';
import { phaseOf } from '../../app/store/solve/phase.ts';
import { shownRecords } from '../../app/store/solve/shown.ts';
import { statusText } from '../../app/store/solve/statusText.ts';
import { createAppStore, type AppStoreOptions } from '../../app/store/store.ts';

/** A recorded run of three records. */
const recorded = {
  applied: defaultExperiment,
  records: [0, 1, 2].map(someRecord),
  status: 'converged',
} as const;

/** A store on fake engines, with the questions tests ask of it. For tests; wants fake timers. */
export const openStore = (
  options: FakeOptions & Pick<AppStoreOptions, 'recorded' | 'view' | 'fetchFile' | 'download'> = {
    recorded,
  },
) => {
  const { startEngine, engines } = fakeEngines(options);
  const store = createAppStore({
    ...options,
    startEngine,
    experiment: defaultExperiment,
    createSolveLane,
    createTraining,
    now: () => Date.now(),
    frame: (callback) => setTimeout(callback, 16),
  });
  return {
    store,
    engines,
    act: () => store.getState(),
    phase: () => phaseOf(store.getState()),
    status: () => statusText(store.getState()),
    iterations: () => store.getState().records.map(({ iteration }) => iteration),
    calls: () => engines.at(-1)?.calls,
  };
};

/** Every test of the file runs on a clock of its own. */
export function onFakeClock(): void {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}

/** A store whose engine has been started and has settled. */
export const openStarted = async (options?: FakeOptions) => {
  const page = openStore(options);
  page.act().startEngine();
  await settle();
  const shown = () => shownRecords(page.act()).map(({ iteration }) => iteration);
  const since = (mark: number) => page.calls()?.slice(mark);
  return { ...page, shown, since };
};

/** Lets everything that waits happen. */
export const settle = () => vi.advanceTimersByTimeAsync(2000);
