import { describe, expect, it, vi } from 'vitest';
import { openStarted as open, settle, onFakeClock } from '../../../test/app/openStore.ts';

onFakeClock();

describe('backward settings', () => {
  it('leave the forward solve as it is, and a recorded run on screen', async () => {
    const { act, calls, phase } = await open();
    const before = calls()?.length;
    act().change('backward.tolerance', 1e-3);
    act().change('memory.depth', 12);
    await settle();
    expect(calls()).toHaveLength(before ?? NaN);
    expect(phase()).toBe('recorded');
  });

  it('open the backward solve anew, and leave the forward one alone', async () => {
    const { act, since, iterations, calls, shown, store } = await open({});
    act().runToEnd();
    await settle();
    act().showPass('backward');
    await settle();
    const mark = calls()?.length ?? 0;
    const seen: number[] = [];
    store.subscribe(({ records }) => seen.push(records.length));
    act().change('backward.solver', 'broyden');
    await settle();
    expect(since(mark)).toEqual(['openBackward broyden', 'step backward 1']);
    expect(new Set(seen)).toEqual(new Set([5]));
    expect(iterations()).toEqual([0, 1, 2, 3, 4]);
    expect(shown()).toEqual([0]);
    // The engine’s forward solve is the one on screen.
    act().showPass('forward');
    act().reset();
    await settle();
    expect(iterations()).toEqual([0]);
  });

  it('that change again at once end with the newest ones', async () => {
    const { act, iterations, shown, phase } = await open({ convergesAt: 40 });
    act().runToEnd();
    await settle();
    act().showPass('backward');
    await settle();
    act().change('backward.rank', 20);
    await vi.advanceTimersByTimeAsync(170);
    act().change('backward.rank', 21);
    await settle();
    expect(iterations()).toHaveLength(41);
    expect(shown()).toEqual([0]);
    expect(phase()).toBe('ready');
  });

  it('keep a branch', async () => {
    const { act, since, calls } = await open({});
    act().runToEnd();
    await settle();
    act().goTo(2);
    act().fork({ ...act().experiment, solver: { ...act().experiment.solver, method: 'picard' } });
    await vi.dynamicImportSettled();
    await settle();
    act().runToEnd();
    await settle();
    const { branch, records } = act();
    expect(branch?.at).toBe(2);
    act().showPass('backward');
    await settle();
    const mark = calls()?.length ?? 0;
    act().change('backward.solver', 'picard');
    await settle();
    expect(since(mark)).toEqual(['openBackward picard', 'step backward 1']);
    expect(act()).toMatchObject({ branch, records });
  });

  it('are no reason to spare the forward solve when that changes too', async () => {
    const { act, iterations, shown } = await open({});
    act().showPass('backward');
    await settle();
    act().change('cell.width', 64);
    await settle();
    expect(iterations()).toHaveLength(5);
    expect(shown()).toEqual([0]);
  });
});
