import { openDB } from 'idb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openStarted } from '../../../test/app/openStore.ts';
import { onFreshShelf, openTrain, wait } from '../../../test/app/openTrain.ts';
import { fakeEngines, type FakeOptions } from '../../../test/app/fakeEngine.ts';
import { defaultExperiment } from '../../../src/schema/experiment.ts';
import { makeGrid, type SweepDraft } from '../../../src/runs/sweep.ts';
import { runsOf } from '../runs/runs.ts';
import { createRunShelf } from '../runs/shelf.ts';
import type { AppStore } from '../store.ts';
import type { SweepLock } from './sweepLock.ts';
import { createSweeps, type Sweeps } from './sweeps.ts';
import { createSweepShelf, type SweepShelf } from './sweepShelf.ts';

onFreshShelf();
let opened: { close: () => void }[] = [];
beforeEach(() => {
  opened = [];
});
afterEach(() => {
  for (const one of opened) one.close();
});

/** The real one: what hashes and digests takes its own time, which no clock of a test counts. */
const breath = setImmediate;

/** What a promise comes to, on a clock that only goes when it is told to. */
async function done<T>(promise: Promise<T>): Promise<T> {
  const seen = { over: false };
  const end = (): void => {
    seen.over = true;
  };
  promise.then(end, end);
  while (!seen.over) {
    await vi.advanceTimersByTimeAsync(5);
    await new Promise((resolve) => breath(resolve));
  }
  return promise;
}

/** One lock, as tabs of one browser share it. */
const oneLock = (): SweepLock => {
  let held = false;
  return {
    isHeld: () => Promise.resolve(held),
    hold: async (work) => {
      if (held) return false;
      held = true;
      try {
        await work();
      } finally {
        held = false;
      }
      return true;
    },
  };
};

const grid = (change: Partial<SweepDraft> = {}) => {
  const made = makeGrid({
    ...{ work: 'solve', base: defaultExperiment },
    axes: [
      { paths: ['solver.method'], values: ['anderson', 'picard'] },
      { paths: ['solver.tolerance'], values: [1e-2, 1e-3, 1e-4] },
    ],
    ...change,
  });
  if ('problem' in made) throw new Error(made.problem);
  return made.grid;
};

interface Tab {
  readonly store: AppStore;
  readonly sweeps: Sweeps;
  readonly engines: ReturnType<typeof fakeEngines>['engines'];
}

/** A page with sweeps on engines of their own. */
const openTab = async (
  options: FakeOptions & { readonly lock?: SweepLock; readonly shelf?: SweepShelf } = {},
): Promise<Tab> => {
  const { store } = await openStarted();
  return withSweeps(store, options);
};
const withSweeps = async (
  store: AppStore,
  options: FakeOptions & { readonly lock?: SweepLock; readonly shelf?: SweepShelf },
): Promise<Tab> => {
  const { lock = oneLock(), shelf = createSweepShelf() } = options;
  const { startEngine, engines } = fakeEngines(options);
  const sweeps = createSweeps(store, { lock, shelf, startEngine, now: () => Date.now() });
  opened.push(sweeps, runsOf(store));
  await done(Promise.all([sweeps.ready(), runsOf(store).ready()]));
  return { store, sweeps, engines };
};

const cells = ({ store }: Tab): readonly string[] =>
  runsOf(store)
    .heads.flatMap(({ sweep }) => (sweep ? [sweep.cell.join('.')] : []))
    .toSorted();
const configured = ({ engines }: Tab): number =>
  engines.flatMap(({ calls }) => calls).filter((call) => call === 'configure').length;

it('every cell is made once, in an engine of its own, and is a run that says which cell it is', async () => {
  const tab = await openTab();
  await done(tab.sweeps.begin(grid()));
  expect(cells(tab)).toEqual(['0.0', '0.1', '0.2', '1.0', '1.1', '1.2']);
  // Those, and one to warm up.
  expect(configured(tab)).toBe(7);
  expect(tab.engines).toHaveLength(1);
  expect(tab.engines[0]?.disposed()).toBe(true);
  const { sweeps, running, pace } = tab.sweeps.state.getState();
  expect(running).toBeNull();
  expect(sweeps).toMatchObject([{ state: 'ended', failures: {} }]);
  expect(pace?.milliseconds).toBeGreaterThan(0);
  const head = runsOf(tab.store).heads.find(({ sweep }) => sweep?.cell.join() === '1,2');
  expect(head).toMatchObject({ kind: 'solve', status: 'converged' });
  expect(head?.experiment.solver).toMatchObject({ method: 'anderson', tolerance: 1e-2 });
  expect(head?.name).toBe(`${sweeps[0]?.sweep.name ?? ''} · Anderson · 1e-2`);
});

it('paused at once, it goes on with what is left, on the same page and after a reload', async () => {
  const tab = await openTab({ delay: 100 });
  const going = tab.sweeps.begin(grid());
  for (let turns = 0; turns < 400 && cells(tab).length < 2; turns++) await wait(20);
  expect(tab.sweeps.state.getState().running).toMatchObject({ total: 6, done: 2 });
  tab.sweeps.stop('paused');
  await done(going);
  const first = cells(tab);
  expect(first).toHaveLength(2);
  const [kept] = tab.sweeps.state.getState().sweeps;
  expect(kept?.state).toBe('paused');
  // Another page: nothing of the first is known but what was stored.
  const later = await openTab();
  expect(cells(later)).toEqual(first);
  await done(later.sweeps.goOn(kept?.sweep.id ?? ''));
  expect(cells(later)).toHaveLength(6);
  expect(configured(later)).toBe(5);
  await done(later.sweeps.goOn(kept?.sweep.id ?? ''));
  expect(configured(later)).toBe(5);
  expect(later.sweeps.state.getState().sweeps).toMatchObject([{ state: 'ended' }]);
});

it('a page that goes in the middle leaves it going, and another one takes it up when asked', async () => {
  const tab = await openTab({ delay: 3000 });
  void tab.sweeps.begin(grid());
  for (let turns = 0; turns < 4000 && cells(tab).length < 3; turns++) await wait(20);
  // As a reload does: nobody tells anyone.
  const later = await openTab();
  expect(later.sweeps.state.getState()).toMatchObject({
    sweeps: [{ state: 'going' }],
    running: null,
    elsewhere: false,
  });
  expect(configured(later)).toBe(0);
  await done(later.sweeps.goOn(later.sweeps.state.getState().sweeps[0]?.sweep.id ?? ''));
  expect(cells(later)).toHaveLength(6);
});

it('two tabs do not sweep at once, and the second says so', async () => {
  const lock = oneLock();
  const one = await openTab({ lock, delay: 100 });
  const other = await openTab({ lock });
  const going = one.sweeps.begin(grid());
  await wait(500);
  await done(other.sweeps.begin(grid()));
  expect(other.sweeps.state.getState()).toMatchObject({ running: null, elsewhere: true });
  expect(other.sweeps.state.getState().problem).toMatch(/Another tab/);
  expect(other.engines).toHaveLength(0);
  await done(going);
  expect(cells(one)).toHaveLength(6);
});

it('what cannot be made says why, and the others are made', async () => {
  const failing = { run: { kind: 'bad-input', message: 'The state is too large.' } } as const;
  const tab = await openTab({ failing });
  await done(tab.sweeps.begin(grid()));
  const [kept] = tab.sweeps.state.getState().sweeps;
  expect(kept?.state).toBe('ended');
  expect(Object.keys(kept?.failures ?? {})).toHaveLength(6);
  expect(kept?.failures['0.0']).toBe('The state is too large.');
  expect(configured(tab)).toBe(7);
  // Kept, for the page after a reload.
  expect((await done(createSweepShelf().list()))[0]?.failures['1.2']).toBe(
    'The state is too large.',
  );
});

it('a lost engine stops it in words, and what was made stays', async () => {
  const failing = { run: { kind: 'device-lost', message: 'The GPU was lost.' } } as const;
  const tab = await openTab({ failing });
  await done(tab.sweeps.begin(grid()));
  const { sweeps, problem } = tab.sweeps.state.getState();
  expect(problem).toMatch(/stopped: The GPU was lost\. .*Resume/);
  expect(sweeps).toMatchObject([{ state: 'paused' }]);
});

it('deleted with its runs it comes back with them; a run with a star is left alone', async () => {
  const tab = await openTab();
  await done(tab.sweeps.begin(grid()));
  const [kept] = tab.sweeps.state.getState().sweeps;
  const runs = runsOf(tab.store);
  await done(runs.star(runs.heads[0]?.id ?? ''));
  const removed = await done(tab.sweeps.remove(kept?.sweep.id ?? ''));
  expect(cells(tab)).toHaveLength(1);
  expect(tab.sweeps.state.getState().sweeps).toEqual([]);
  if (removed) await done(tab.sweeps.restore(removed));
  expect(cells(tab)).toHaveLength(6);
  expect(tab.sweeps.state.getState().sweeps).toEqual([kept]);
});

it('without storage it lasts for the visit, and that is said', async () => {
  const shelf: SweepShelf = {
    list: () => Promise.resolve([]),
    put: () => Promise.reject(new Error('no storage')),
    remove: () => Promise.resolve(),
  };
  const tab = await openTab({ shelf });
  await done(tab.sweeps.begin(grid()));
  expect(cells(tab)).toHaveLength(6);
  const { sweeps, problem } = tab.sweeps.state.getState();
  expect(sweeps).toHaveLength(1);
  expect(problem).toMatch(/could not be kept \(no storage\)/);
});

it('trainings are swept too, each thinned and without checkpoints; numbers that blow up are a result', async () => {
  const page = openTrain();
  page.act().setTrainingText('To be, or not to be. '.repeat(20));
  await wait(1000);
  const tab = await withSweeps(page.store, { training: { nonfiniteAt: 7 } });
  const base = {
    ...defaultExperiment,
    data: { ...defaultExperiment.data, source: 'own' as const },
  };
  const axes = [{ paths: ['train.learningRate'], values: [1e-3, 1e-2] }];
  await done(tab.sweeps.begin(grid({ work: 'training', base, axes, steps: 20 })));
  const heads = runsOf(tab.store).heads.filter(({ sweep }) => sweep);
  expect(heads).toHaveLength(2);
  const status = (at: number) => heads.find(({ sweep }) => sweep?.cell[0] === at)?.status;
  expect([status(0), status(1)]).toEqual(['finished', 'nonfinite']);
  for (const head of heads) expect(head).not.toHaveProperty('training');
  const [kept] = tab.sweeps.state.getState().sweeps;
  expect(kept?.sweep.textHash).toMatch(/^[\da-f]{64}$/);
  // Another text would be another sweep.
  await done(runsOf(tab.store).remove(heads.slice(0, 1).map(({ id }) => id)));
  page.act().setTrainingText('Another text altogether. '.repeat(20));
  await wait(1000);
  await done(tab.sweeps.goOn(kept?.sweep.id ?? ''));
  expect(tab.sweeps.state.getState().problem).toMatch(/a text of yours that is another now/);
});

it('runs that were kept before there were sweeps are still there', async () => {
  const old = await done(
    openDB('deq-runs', 1, {
      upgrade: (database) => {
        for (const name of ['heads', 'traces']) database.createObjectStore(name);
      },
    }),
  );
  await done(old.put('heads', { head: { version: 2 }, bytes: 1, by: 'old' }, 'a1'));
  old.close();
  expect((await done(createRunShelf().list())).unread).toBe(1);
  expect(await done(createSweepShelf().list())).toEqual([]);
});
