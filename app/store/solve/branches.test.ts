import { describe, expect, it, vi } from 'vitest';
import { onFakeClock, openStarted as open, settle } from '../../../test/app/openStore.ts';

onFakeClock();

/** A live solve paused at iteration 5 of 12. */
const paused = async () => {
  const page = await open({ convergesAt: 12 });
  page.act().step(5);
  await settle();
  return page;
};

describe('a fork', () => {
  const forkAt = async (iteration: number | null, noise?: number) => {
    const page = await paused();
    page.act().goTo(iteration);
    const { records: parent, experiment } = page.act();
    const solver = { ...experiment.solver, method: 'broyden' } as const;
    page.act().fork({ ...experiment, solver }, noise);
    await vi.dynamicImportSettled();
    await settle();
    await vi.dynamicImportSettled();
    await settle();
    return { ...page, parent };
  };

  it('agrees with its parent up to k and is numbered on from there', async () => {
    const { act, parent, iterations, calls, phase } = await forkAt(3);
    expect(calls()?.slice(-2)).toEqual(['fork 3', 'step forward 1']);
    expect(iterations()).toEqual([0, 1, 2, 3]);
    expect(act().records.slice(0, 3)).toEqual(parent.slice(0, 3));
    expect(act().records[3]).toMatchObject({ iteration: 3, evaluations: 4 });
    expect(act().branch).toMatchObject({ at: 3, noise: null, parent: { records: parent } });
    expect(phase()).toBe('paused');
    act().step(2);
    await settle();
    expect(iterations()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(act().applied.solver.method).toBe('anderson');
  });

  it('can be forked again, at its own iterations', async () => {
    const { act, calls, iterations } = await forkAt(3);
    act().step(2);
    await settle();
    act().goTo(4);
    act().fork(act().experiment);
    await vi.dynamicImportSettled();
    await settle();
    expect(calls()?.slice(-2)).toEqual(['fork 1', 'step forward 1']);
    expect(iterations()).toEqual([0, 1, 2, 3, 4]);
  });

  it('is left by Reset and by a changed setting', async () => {
    const first = await forkAt(3);
    first.act().reset();
    await settle();
    expect(first.act().branch).toBeNull();
    expect(first.iterations()).toEqual([0]);
    const second = await forkAt(3);
    second.act().change('solver.method', 'picard');
    await settle();
    expect(second.act().branch).toBeNull();
    expect(second.iterations()).toEqual([0]);
  });

  it('with noise runs to its end and is compared with its parent', async () => {
    const { act, phase, calls } = await forkAt(null, 0.1);
    await vi.advanceTimersByTimeAsync(10_000);
    await vi.dynamicImportSettled();
    await settle();
    expect(calls()).toContain('fork 5 0.1');
    expect(phase()).toBe('converged');
    expect(calls()).toContain('distance');
    expect(act().branch?.distance).toEqual({ distance: 1e-3, relative: 2e-4 });
  });
});

describe('a race', () => {
  it('runs its lanes beside the solve and keeps what came out', async () => {
    const { act, iterations, calls } = await paused();
    const { solver } = act().experiment;
    act().startRace([{ ...solver, method: 'picard' }, solver]);
    await vi.dynamicImportSettled();
    await settle();
    expect(calls()?.at(-1)).toBe('race picard anderson');
    expect(act().race).toMatchObject({ progress: null, failure: null });
    expect(act().race.rows.map(({ lane }) => lane)).toEqual([0, 1]);
    expect(iterations()).toHaveLength(6);
  });
});
