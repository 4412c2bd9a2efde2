import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { IDBFactory } from 'fake-indexeddb';
import { openStarted, openStore, settle } from '../../../test/app/openStore.ts';
import { onFreshShelf, openTrain, wait } from '../../../test/app/openTrain.ts';
import type { RunHead, RunRecord } from '../../../src/runs/run.ts';
import { defaultExperiment } from '../../../src/schema/experiment.ts';
import type { AppStore } from '../store.ts';
import { memoryPanel } from '../../views/solve/memory/memoryPanel.ts';
import { keepRuns } from './keepRuns.ts';
import { compareRace } from './keepSolve.ts';
import { createRuns, type Runs } from './runs.ts';
import { createRunShelf, superfluousRuns } from './shelf.ts';

onFreshShelf();
let opened: Runs[] = [];
let ends: (() => void)[] = [];
beforeEach(() => {
  opened = [];
  ends = [];
});
afterEach(() => {
  for (const end of ends) end();
  for (const runs of opened) runs.close();
});

/** The runs of a store, kept from now on. */
const keeping = (store: AppStore): Runs => {
  const runs = createRuns(store);
  opened.push(runs);
  ends.push(keepRuns(store, runs));
  return runs;
};

/** What a promise comes to, on a clock that only goes when it is told to. */
async function done<T>(promise: Promise<T>): Promise<T> {
  const seen = { over: false };
  const end = (): void => {
    seen.over = true;
  };
  promise.then(end, end);
  for (let turns = 0; turns < 500 && !seen.over; turns++) await vi.advanceTimersByTimeAsync(5);
  return promise;
}

/** A solving page whose runs are kept. */
const openKept = async () => {
  const page = await openStarted();
  const runs = keeping(page.store);
  const solve = async (): Promise<void> => {
    if (page.act().status !== 'running') page.act().reset();
    await settle();
    page.act().runToEnd();
    await wait(6000);
  };
  const names = () => page.act().runs.heads.map(({ name }) => name);
  return { ...page, runs, solve, names };
};

const record = (id: string, change: Partial<RunHead> = {}): RunRecord => ({
  head: {
    ...{ version: 1, id, kind: 'solve', name: id, renamed: false, note: '' },
    ...{ starred: false, pinned: false, savedAt: Number(id.replace(/\D/g, '')) },
    experiment: defaultExperiment,
    input: { name: '', weights: { from: 'random' } },
    ...{ build: 'test', status: 'converged', metrics: {}, curves: [] },
    device: { backend: 'cpu', kernels: 'stock', adapter: '' },
    ...change,
  },
  trace: { columns: { rel: Float64Array.of(1, NaN, 0.1) } },
});

it('a solve that ends is a run, with its numbers; one that is paused is none', async () => {
  const { act, runs, solve } = await openKept();
  act().step(2);
  await wait(4000);
  expect(act().runs.heads).toHaveLength(0);
  await solve();
  const [head] = act().runs.heads;
  expect(head).toMatchObject({
    ...{ kind: 'solve', status: 'converged', experiment: act().applied },
    device: { backend: 'webgpu', kernels: 'registers', adapter: 'acme one' },
  });
  expect(head?.name).toMatch(/^\w+-\w+$/);
  const panel = memoryPanel(act());
  expect(head?.metrics['stepBytes']?.value).toBeGreaterThan(0);
  expect(head?.metrics['stepBytes']?.value).toBe(
    panel?.rows.find(({ variant }) => variant === 'deq')?.analytic,
  );
  const { columns } = await done(runs.loadTrace(head?.id ?? ''));
  expect(columns['rel']).toEqual(Float64Array.from(act().records, ({ rel }) => rel[0] ?? NaN));
  expect(columns['milliseconds']?.at(-1)).toBe(2 * (act().records.length - 1));
});

it('the recorded solve of the first paint is no run', async () => {
  const { store, act } = openStore();
  keeping(store);
  await wait(5000);
  expect(act().status).toBe('converged');
  expect(act().runs.heads).toHaveLength(0);
});

it('the same again takes the place of its last run, unless the visitor has made that their own', async () => {
  const { act, runs, solve, names } = await openKept();
  await solve();
  const [first] = act().runs.heads;
  await solve();
  expect(act().runs.heads).toMatchObject([{ id: first?.id, name: first?.name }]);
  expect(act().runs.heads[0]?.savedAt).toBeGreaterThan(first?.savedAt ?? Infinity);
  await done(runs.change(first?.id ?? '', { name: ' my <b>run</b> ', note: 'two\nlines' }));
  await solve();
  expect(names()).toHaveLength(2);
  expect(names()[1]).toBe('my <b>run</b>');
});

it('what follows a slider is one run, another method at once is two', async () => {
  const { act, solve } = await openKept();
  await solve();
  const before = act().runs.heads.length;
  for (const tolerance of [2e-4, 3e-4, 4e-4]) {
    act().change('solver.tolerance', tolerance);
    await wait(700);
  }
  await wait(5000);
  const after = act().runs.heads;
  expect(after).toHaveLength(before + 1);
  expect(after[0]?.experiment.solver.tolerance).toBe(4e-4);
  act().change('solver.method', 'broyden');
  await wait(700);
  act().change('solver.method', 'picard');
  await wait(5000);
  expect(act().runs.heads.map(({ experiment }) => experiment.solver.method)).toEqual(
    expect.arrayContaining(['broyden', 'picard']),
  );
  expect(act().runs.heads).toHaveLength(before + 3);
});

it('the lanes of a race become runs when asked, once, and are shown side by side', async () => {
  const { act, runs, store } = await openKept();
  const { solver } = act().experiment;
  act().startRace([{ ...solver, method: 'picard' }, solver]);
  await vi.dynamicImportSettled();
  await wait(2000);
  const before = act().runs.heads.length;
  await done(compareRace(store, runs));
  await done(compareRace(store, runs));
  expect(act().view).toBe('compare');
  expect(act().runs.heads).toHaveLength(before + 2);
  const shown = act().runs.visible.map((id) => act().runs.heads.find((head) => head.id === id));
  expect(shown.map((head) => head?.experiment.solver.method)).toEqual(['picard', 'anderson']);
  expect(shown.map((head) => head?.metrics['evaluations']?.value)).toEqual(
    act().race.rows.map(({ evaluations }) => evaluations),
  );
});

it('there is one star, and it is the baseline; pins and names outlast the page', async () => {
  const { act, runs } = await openKept();
  await done(runs.add(record('a1').head, record('a1').trace));
  await done(runs.add(record('a2').head, record('a2').trace));
  await done(runs.star('a1'));
  await done(runs.star('a2'));
  await done(runs.change('a1', { pinned: true, name: '' }));
  expect(act().runs).toMatchObject({ baseline: 'a2', pinned: ['a1'] });
  const later = openStore();
  await done(keeping(later.store).ready());
  expect(later.act().runs).toMatchObject({ baseline: 'a2', pinned: ['a1'], loaded: true });
  expect(later.act().runs.heads).toEqual(act().runs.heads);
  await done(runs.star(null));
  expect(act().runs.baseline).toBeNull();
});

it('two tabs that write at once lose nothing, and each sees what the other did', async () => {
  const [one, other] = [await openKept(), await openKept()];
  const add = ({ runs }: typeof one, id: string) => runs.add(record(id).head, record(id).trace);
  await done(Promise.all([add(one, 'a1'), add(other, 'b2'), add(one, 'a3'), add(other, 'b4')]));
  await done(
    Promise.all([
      one.runs.change('a1', { note: 'from one' }),
      other.runs.change('a1', { pinned: true }),
    ]),
  );
  const seen = ({ act }: typeof one) => act().runs.heads.map(({ id, note }) => id + note);
  const all = ['b4', 'a3', 'b2', 'a1from one'];
  // Channels take their own time.
  for (let turns = 0; turns < 50 && seen(one).length + seen(other).length < 8; turns++)
    await wait(200);
  await wait(400);
  for (const { act } of [one, other]) expect(act().runs.pinned).toEqual(['a1']);
  expect([seen(one), seen(other)]).toEqual([all, all]);
});

it('what is deleted comes back as it was', async () => {
  const { act, runs } = await openKept();
  for (const one of [record('a1'), record('a2', { note: 'n' })])
    await done(runs.add(one.head, one.trace));
  runs.show(['a1', 'a2', 'nobody']);
  const before = act().runs.heads;
  const removed = await done(runs.remove(['a2', 'a1']));
  expect(act().runs.heads).toEqual([]);
  expect(act().runs.visible).toEqual([]);
  await expect(done(runs.loadTrace('a2'))).rejects.toThrow(/no longer in this browser/);
  await done(runs.restore(removed));
  expect(act().runs.heads).toEqual(before);
  expect(await done(runs.loadTrace('a2'))).toEqual(record('a2').trace);
  await done(runs.removeAll());
  expect((await done(createRunShelf().list())).listed).toEqual([]);
});

it('without storage runs last for the visit, and that is said', async () => {
  Reflect.deleteProperty(globalThis, 'indexedDB');
  const { act, runs, solve } = await openKept();
  await done(runs.ready());
  expect(act().runs.problem).toMatch(/no storage.*until you leave the page/);
  await solve();
  const [head] = act().runs.heads;
  expect(act().runs.unkept).toEqual([head?.id]);
  expect(act().runs.problem).toMatch(/lasts only until you leave/);
  await done(runs.change(head?.id ?? '', { name: 'kept anyhow' }));
  await done(runs.star(head?.id ?? ''));
  expect(act().runs.heads).toMatchObject([{ name: 'kept anyhow', starred: true }]);
  expect((await done(runs.loadTrace(head?.id ?? ''))).columns['rel']).toBeDefined();
  const removed = await done(runs.remove([head?.id ?? '']));
  expect(act().runs.heads).toEqual([]);
  await done(runs.restore(removed));
  expect(act().runs.heads).toHaveLength(1);
});

it('when storage is full the run stays for the visit, and one that fits later is kept', async () => {
  const page = await openStarted();
  const shelf = createRunShelf();
  let full = true;
  const runs = createRuns(page.store, {
    ...shelf,
    keep: (make) =>
      full ? Promise.reject(new DOMException('', 'QuotaExceededError')) : shelf.keep(make),
  });
  opened.push(runs);
  await done(runs.add(record('a1').head, record('a1').trace));
  expect(page.act().runs.problem).toMatch(/no room left, so a1 lasts only/);
  full = false;
  await done(runs.add(record('a2').head, record('a2').trace));
  expect(page.act().runs).toMatchObject({ unkept: ['a1'] });
  expect(page.act().runs.heads.map(({ id }) => id)).toEqual(['a2', 'a1']);
});

it('beyond the bounds the oldest go that are neither starred nor pinned, and that is said', async () => {
  const listed = [1, 2, 3, 4].map((at) => ({ head: record(`a${String(at)}`).head, bytes: 10 }));
  const ids = (bounds: { runs: number; bytes: number }, newest = 'a4') =>
    superfluousRuns(listed, newest, bounds).map(({ id }) => id);
  expect(ids({ runs: 4, bytes: 40 })).toEqual([]);
  expect(ids({ runs: 2, bytes: 40 })).toEqual(['a1', 'a2']);
  expect(ids({ runs: 4, bytes: 25 })).toEqual(['a1', 'a2']);
  expect(ids({ runs: 1, bytes: 40 }, 'a1')).toEqual(['a2', 'a3', 'a4']);
  const starred = [{ head: record('a0', { starred: true }).head, bytes: 10 }, ...listed];
  expect(superfluousRuns(starred, 'a4', { runs: 4, bytes: 99 }).map(({ id }) => id)).toEqual([
    'a1',
  ]);
  // Cells of another sweep can be made again: they go first, those of the newest one's own as all others.
  const cell = (id: string, sweep: string) => ({
    head: record(id, { sweep: { id: sweep, cell: [0] } }).head,
    bytes: 10,
  });
  const swept = [...listed, cell('a7', 's1'), cell('a8', 's2'), cell('a9', 's2')];
  const bounds = { runs: 5, bytes: 99 };
  expect(superfluousRuns(swept, 'a4', bounds).map(({ id }) => id)).toEqual(['a7', 'a8']);
  expect(superfluousRuns(swept, 'a9', bounds).map(({ id }) => id)).toEqual(['a7', 'a1']);
  const { store, act } = await openStarted();
  const runs = createRuns(store, createRunShelf({ runs: 3, bytes: 40e6 }));
  opened.push(runs);
  for (const id of ['r1', 'r2', 'r3', 'r4'])
    await done(runs.add(record(id).head, record(id).trace));
  expect(act().runs.heads.map(({ id }) => id)).toEqual(['r4', 'r3', 'r2']);
  expect(act().runs.dropped).toMatch(/at most 3 runs or 40 MB.*: r1, the oldest/);
  runs.dismiss();
  expect(act().runs.dropped).toBeNull();
});

it('what a newer version kept stays where it is, and is said', async () => {
  const shelf = createRunShelf();
  await done(shelf.keep(() => record('a1')));
  await done(shelf.keep(() => record('a2', { version: 2 } as unknown as Partial<RunHead>)));
  const { act, runs } = await openKept();
  await done(runs.ready());
  expect(act().runs.heads.map(({ id }) => id)).toEqual(['a1']);
  expect(act().runs.problem).toMatch(/1 run kept by a newer version/);
});

/** The clock of the machine: hashes are made, and code is loaded, by what no fake clock drives. */
const realTimeout = globalThis.setTimeout;
const until = async (holds: () => boolean): Promise<void> => {
  for (let turn = 0; turn < 500 && !holds(); turn++) {
    await wait(40);
    await new Promise((resolve) => realTimeout(resolve, 4));
  }
  expect(holds()).toBe(true);
};

it('a training is one run, written anew at pauses, checkpoints and its end', async () => {
  const { store, act, prepare } = openTrain();
  keeping(store);
  prepare(60);
  act().train();
  await wait(600);
  act().pauseTraining();
  await until(() => act().runs.heads[0]?.status === 'paused');
  const [paused] = act().runs.heads;
  expect(paused).toMatchObject({
    ...{ kind: 'training', status: 'paused', training: act().run?.id },
    input: { name: 'Your text', hash: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown },
  });
  const steps = paused?.metrics['steps']?.value ?? NaN;
  expect(steps).toBeGreaterThan(0);
  expect(paused?.curves.map(({ name }) => name)).toContain('loss');
  act().train();
  await until(() => act().runs.heads[0]?.status === 'finished');
  expect(act().runPhase).toBe('finished');
  expect(act().runs.heads).toMatchObject([{ id: paused?.id, status: 'finished' }]);
  expect(act().runs.heads[0]?.metrics['steps']?.value).toBe(60);
  act().stopTraining();
  await wait(1000);
  expect(act().runs.heads).toMatchObject([{ status: 'finished' }]);
  act().train();
  await wait(600);
  act().stopTraining();
  await until(() => act().runs.heads[0]?.status === 'stopped');
  expect(act().runs.heads.map(({ status }) => status)).toEqual(['stopped', 'finished']);
});

it('a frame in another page keeps nothing', async () => {
  globalThis.indexedDB = new IDBFactory();
  const page = await openStarted();
  page.act().setFrame({ embed: true });
  keeping(page.store);
  page.act().runToEnd();
  await wait(6000);
  expect(page.act().runs.heads).toHaveLength(0);
});
