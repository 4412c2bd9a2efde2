import { expect, it, vi } from 'vitest';
import { defaultExperiment } from '../../../src/schema/experiment.ts';
import { linkableIteration } from '../../views/share/linkableIteration.ts';
import type { FakeOptions } from '../../../test/app/fakeEngine.ts';
import { showIteration } from './linkedIteration.ts';
import { openStarted, openStore, onFakeClock, settle } from '../../../test/app/openStore.ts';
import { shownRecord } from '../solve/shown.ts';

onFakeClock();

/** A page that a link has just opened, with the engine still to come. */
const opened = async (k: number, options: FakeOptions) => {
  const page = openStore(options);
  const said = showIteration(page.store, defaultExperiment, k);
  page.act().startEngine();
  await settle();
  await vi.dynamicImportSettled();
  await settle();
  return { ...page, said: await said, at: () => shownRecord(page.act())?.iteration };
};

it('runs up to the iteration and rests there, leaving the visitor’s conditions alone', async () => {
  const { said, at, act, phase } = await opened(5, { convergesAt: 12 });
  expect([said, at(), phase()]).toEqual([null, 5, 'paused']);
  expect(act().until).toEqual({ below: null, iteration: null, stalled: false });
  expect(linkableIteration(act())).toBe(5);
});

it('shows the start without running', async () => {
  const { said, at, calls } = await opened(0, { convergesAt: 12 });
  expect([said, at()]).toEqual([null, 0]);
  expect(calls()).toEqual(['boot auto', 'configure', 'step forward 1']);
});

it('shows the end of a run that is shorter, and says so', async () => {
  const { said, at, phase } = await opened(50, { convergesAt: 12 });
  expect(said).toBe(
    'This link asks for iteration 50, but the run ends at iteration 12; its end is shown.',
  );
  expect([at(), phase()]).toEqual([12, 'converged']);
});

it('looks back where the run has been there, recorded or live', async () => {
  const recorded = openStore();
  expect(await showIteration(recorded.store, defaultExperiment, 1)).toBeNull();
  expect(recorded.act().cursor).toBe(1);
  expect(recorded.engines).toHaveLength(0);
  expect(await showIteration(recorded.store, defaultExperiment, 9)).toMatch(/ends at iteration 2;/);
  const live = await openStarted({ convergesAt: 12 });
  live.act().runToEnd();
  await settle();
  const asked = live.calls()?.length;
  expect(await showIteration(live.store, live.act().experiment, 7)).toBeNull();
  expect(live.status()).toMatch(/^Looking back at iteration 7 of 12/);
  expect(linkableIteration(live.act())).toBe(7);
  expect(live.calls()).toHaveLength(asked ?? 0);
});

it('gives way to a visitor who pauses, and to one who changes the set-up', async () => {
  for (const change of [false, true]) {
    const { store, act } = await openStarted({ convergesAt: 1e6 });
    act().setAutoRun(false);
    const said = showIteration(store, defaultExperiment, 1e5);
    await vi.advanceTimersByTimeAsync(100);
    expect(act().activity).toBe('running');
    expect(linkableIteration(act())).toBeNull();
    if (change) act().change('cell.width', 40);
    else act().pause();
    await settle();
    expect(await said).toBeNull();
    expect(act().until.iteration).toBeNull();
    expect(act().cursor).toBeNull();
  }
});
