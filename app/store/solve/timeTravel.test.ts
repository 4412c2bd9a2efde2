import { describe, expect, it, vi } from 'vitest';
import {
  openStarted as open,
  openStore,
  settle,
  onFakeClock,
} from '../../../test/app/openStore.ts';
import { phaseOf } from './phase.ts';
import { shownPast, shownRecord } from './shown.ts';
import { statusText } from './statusText.ts';
import type { AppState } from '../state.ts';

onFakeClock();

/** Everything a visitor reads of the solve. */
const picture = (state: AppState) => ({
  record: shownRecord(state),
  past: shownPast(state),
  status: statusText(state),
  phase: phaseOf(state),
});

/** A live solve paused at iteration 5 of 12. */
const paused = async () => {
  const page = await open({ convergesAt: 12 });
  page.act().step(5);
  await settle();
  return { ...page, at: () => shownRecord(page.act())?.iteration };
};

describe('the cursor', () => {
  it('goes back one record at a time, and its numbers and words with it', async () => {
    const { act, at, status, calls } = await paused();
    const asked = calls()?.length;
    act().back(1);
    act().back(1);
    expect(at()).toBe(3);
    expect(status()).toBe('Looking back at iteration 3 of 5, relative residual 1.0e-3');
    expect(shownPast(act())).toHaveLength(4);
    act().back(10);
    expect(at()).toBe(0);
    expect(calls()).toHaveLength(asked ?? 0);
  });

  it('back and on again leave what is shown as it was', async () => {
    const { act } = await paused();
    const before = picture(act());
    act().back(1);
    act().step();
    expect(picture(act())).toEqual(before);
    act().back(10);
    act().step(10);
    expect(picture(act())).toEqual(before);
    expect(act().records).toBe(before.past);
  });

  it('at k = 0 and back at the head shows the same records', async () => {
    const { act, at } = await paused();
    const { records } = act();
    act().goTo(0);
    expect(at()).toBe(0);
    act().goTo(null);
    expect(act().cursor).toBeNull();
    expect(shownPast(act())).toBe(records);
  });

  it('on from the past replays the record, and computes at its head only', async () => {
    const { act, at, calls, iterations } = await paused();
    act().goTo(4);
    const asked = calls()?.length ?? 0;
    act().step();
    await settle();
    expect(at()).toBe(5);
    expect(calls()).toHaveLength(asked);
    act().step();
    await settle();
    expect(calls()?.at(-1)).toBe('step forward 1');
    expect(iterations()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('plays the record at the chosen speed, then goes on computing', async () => {
    const { act, at, calls, phase } = await paused();
    act().setSpeed(4);
    act().goTo(2);
    act().play();
    expect(act().replaying).toBe(true);
    await vi.advanceTimersByTimeAsync(260);
    expect(at()).toBe(3);
    expect(statusText(act())).toMatch(/^Replaying: iteration 3 of 5/);
    await vi.advanceTimersByTimeAsync(520);
    expect(act()).toMatchObject({ cursor: null, replaying: false, activity: 'running' });
    await vi.advanceTimersByTimeAsync(5000);
    expect(calls()).toContain('run forward 4');
    expect(phase()).toBe('converged');
  });

  it('of a replay stays where it is paused or moved to', async () => {
    const { act, at } = await paused();
    act().setSpeed(4);
    act().goTo(0);
    act().play();
    await vi.advanceTimersByTimeAsync(260);
    act().pause();
    await settle();
    expect(at()).toBe(1);
    act().play();
    act().goTo(3);
    await settle();
    expect(at()).toBe(3);
    expect(act().replaying).toBe(false);
  });

  it('looks back into a recorded run without starting anything', async () => {
    const { act, engines } = openStore();
    act().back(1);
    expect(shownRecord(act())?.iteration).toBe(1);
    act().play();
    await settle();
    expect(act()).toMatchObject({ source: 'recorded', cursor: null });
    expect(engines).toHaveLength(0);
  });

  it('pauses a run it is moved in', async () => {
    const { act, at } = await paused();
    act().play();
    await vi.advanceTimersByTimeAsync(600);
    act().goTo(2);
    await settle();
    expect(act().activity).toBe('idle');
    expect(at()).toBe(2);
  });

  it('of an ended solve replays to its end and asks for nothing', async () => {
    const { act, calls } = await open({});
    act().runToEnd();
    await settle();
    const asked = calls()?.length ?? 0;
    act().goTo(1);
    act().play();
    await settle();
    expect(act().cursor).toBeNull();
    expect(calls()).toHaveLength(asked);
  });
});

describe('pins', () => {
  it('keep the shown trace while another is made', async () => {
    const { act } = await paused();
    act().pin();
    const kept = act().records;
    act().change('solver.method', 'picard');
    await settle();
    expect(act().pins).toHaveLength(1);
    expect(act().pins[0]).toMatchObject({ slot: 0, records: kept, faint: false });
    expect(act().pins[0]?.experiment.solver.method).toBe('anderson');
    act().unpin(0);
    expect(act().pins).toEqual([]);
  });

  it('of the same trace replace each other; five are the most', async () => {
    const { act } = await paused();
    act().pin();
    act().step();
    await settle();
    act().pin();
    expect(act().pins).toHaveLength(1);
    expect(act().pins[0]?.records).toHaveLength(7);
    for (let seed = 1; seed <= 6; seed++) {
      act().change('random.seed', seed);
      await settle();
      act().pin();
    }
    expect(act().pins).toHaveLength(5);
    expect(new Set(act().pins.map(({ slot }) => slot)).size).toBe(5);
    expect(act().pins.at(-1)?.experiment.random.seed).toBe(6);
  });

  it('come by themselves when a setting is changed in the past', async () => {
    const { act, iterations } = await paused();
    act().goTo(2);
    act().change('solver.method', 'picard');
    await settle();
    expect(act().pins).toMatchObject([{ faint: true }]);
    expect(act().cursor).toBeNull();
    expect(iterations()).toEqual([0]);
  });
});

describe('a run until a condition', () => {
  it('pauses below a residual, says so, and goes on when asked again', async () => {
    const { act, status, iterations, phase } = await open({ convergesAt: 12 });
    act().setUntil({ below: 3e-4 });
    act().runToEnd();
    await vi.dynamicImportSettled();
    await settle();
    expect(iterations().at(-1)).toBe(4);
    expect(status()).toBe('Paused at iteration 4: the residual is below 3e-4');
    act().runToEnd();
    await settle();
    expect(phase()).toBe('converged');
  });

  it('pauses at an iteration, and names whichever comes first', async () => {
    const { act, status } = await open({ convergesAt: 12 });
    act().setUntil({ iteration: 3, below: 1e-4 });
    act().play();
    await vi.dynamicImportSettled();
    await settle();
    expect(status()).toBe('Paused at iteration 3: the iteration you asked for');
    act().step();
    await settle();
    expect(status()).toBe('Paused at iteration 4');
  });
});
