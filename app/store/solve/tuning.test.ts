import { describe, expect, it, vi } from 'vitest';
import { onFakeClock, openStarted, settle } from '../../../test/app/openStore.ts';
import { bestTry, type Try } from './tuning.ts';

onFakeClock();

const one = (value: number, iterations: number, status: Try['status'] = 'converged'): Try => ({
  ...{ value, iterations, status },
});

describe('the best of what was tried', () => {
  it('is the last before the iterations rose; a solve that blew up is no success', () => {
    const blown = one(1, 3, 'nonfinite');
    expect(bestTry([blown, one(0.5, 20), one(0.25, 12), one(0.125, 19)])?.value).toBe(0.25);
    expect(bestTry([one(1, 12), one(0.5, 12), one(0.25, 13)])?.value).toBe(0.5);
    expect(bestTry([blown, one(0.5, 60, 'max-iterations')])).toBeNull();
    expect(bestTry([])).toBeNull();
  });
});

describe('tuning', () => {
  it('halves a setting while that costs no more, one solve after the other, and takes it', async () => {
    const { act, calls } = await openStarted({});
    act().startTuning('solver.ridge', 1);
    await settle();
    const { tuning, experiment } = act();
    expect(tuning).toMatchObject({ path: 'solver.ridge', busy: false, failure: null });
    expect(tuning.tries.map(({ value }) => value).slice(0, 3)).toEqual([1, 0.5, 0.25]);
    // The fake's solver takes as long whatever the ridge is: down to what is of no use.
    expect(tuning.tries.at(-1)?.value).toBe(2 ** -13);
    expect(experiment.solver.ridge).toBe(2 ** -13);
    expect(calls()?.filter((name) => name.startsWith('race'))).toHaveLength(14);
  });

  it('gives way to the visitor and says that nothing was found', async () => {
    const { act } = await openStarted({ delay: 50 });
    const before = act().experiment;
    act().startTuning('solver.ridge', 1);
    await vi.advanceTimersByTimeAsync(120);
    expect(act().tuning.busy).toBe(true);
    act().stopTuning();
    await settle();
    expect(act().tuning).toMatchObject({ busy: false, failure: 'Stopped before it was found.' });
    expect(act().experiment).toBe(before);
  });
});
