import { describe, expect, it, vi } from 'vitest';
import { openStarted as open, settle, onFakeClock } from '../../test/app/openStore.ts';

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

  it('open the backward solve anew after an unseen replay of the forward one', async () => {
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
    expect(since(mark)).toEqual(['configure', 'step forward 5', 'openBackward', 'step backward 1']);
    expect(new Set(seen)).toEqual(new Set([5]));
    expect(iterations()).toEqual([0, 1, 2, 3, 4]);
    expect(shown()).toEqual([0]);
    // The forward solve the engine has now is the one on screen.
    act().showPass('forward');
    act().reset();
    await settle();
    expect(iterations()).toEqual([0]);
  });

  it('that change while the replay runs end with the newest ones', async () => {
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
