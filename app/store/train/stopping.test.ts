import { afterEach, describe, expect, it, vi } from 'vitest';
import { onFreshShelf, openTrain, upTo, wait } from '../../../test/app/openTrain.ts';
import { wayBack } from '../link/wayBack.ts';

onFreshShelf();
afterEach(() => {
  vi.unstubAllGlobals();
});

/** A browser's locks, shared by all tabs. */
const sharedLocks = () => {
  const held = new Set<string>();
  return {
    query: () => Promise.resolve({ held: [...held].map((name) => ({ name })) }),
    request: async (name: string, _: unknown, work: (lock: unknown) => Promise<void>) => {
      if (held.has(name)) return work(null);
      held.add(name);
      await work({ name });
      held.delete(name);
    },
  };
};

describe('a run in another tab', () => {
  it('is not offered here, and resumed here is a copy', async () => {
    vi.stubGlobal('navigator', { locks: sharedLocks() });
    const one = openTrain();
    one.prepare();
    one.act().train();
    await wait(300);
    one.act().pauseTraining();
    await wait(100);
    const [theirs] = one.act().checkpoints;
    const other = openTrain();
    await wait(100);
    // A run that rests is kept as it rests.
    expect(theirs?.step).toBe(one.act().run?.newest.deq?.step);
    expect(other.act().resumable).toBeNull();
    other.act().resume(theirs?.id ?? '');
    await wait(2000);
    expect(other.phase()).toBe('finished');
    expect(other.steps()).toEqual(upTo(60));
    expect(other.act().run?.id).not.toBe(one.act().run?.id);
    const [mine] = other.act().checkpoints;
    one.act().stopTraining();
    await wait(500);
    // Its own records came along, from the first step on.
    const later = openTrain();
    await wait(100);
    later.act().resume(mine?.id ?? '');
    await wait(300);
    expect(later.steps()).toEqual(upTo(60));
    for (const page of [other, later]) page.act().stopTraining();
    await wait(500);
  });
});

describe('a run that leaves the page', () => {
  it('is asked about first, once there is something to lose', async () => {
    const { act, prepare, phase } = openTrain();
    prepare();
    act().train();
    act().askToStop();
    expect(act().stopAsked).toBe(false);
    expect(phase()).toBe('idle');
    act().train();
    await wait(300);
    act().askToStop();
    expect(act().stopAsked).toBe(true);
    expect(phase()).toBe('running');
    act().keepTraining();
    expect(act().stopAsked).toBe(false);
    expect(act().run).not.toBeNull();
    act().askToStop();
    act().stopTraining();
    expect(act().stopAsked).toBe(false);
    expect(act().run).toBeNull();
    await wait(500);
  });

  it('keeps its newest state at Stop, and goes on from there with all its records', async () => {
    const { act, prepare, phase, steps } = openTrain();
    prepare();
    act().train();
    await wait(300);
    act().pauseTraining();
    await wait(100);
    const made = steps().length;
    expect(made % 20).not.toBe(0);
    act().stopTraining();
    await wait(500);
    const [newest] = act().checkpoints;
    expect(newest?.step).toBe(made);
    act().resume(newest?.id ?? '');
    await wait(2000);
    expect(phase()).toBe('finished');
    expect(steps()).toEqual(upTo(60));
  });

  it('comes back, at rest where it rested, when what another one began from is undone', async () => {
    const { act, store, prepare, phase, steps } = openTrain();
    prepare();
    act().train();
    await wait(300);
    act().pauseTraining();
    await wait(100);
    const [made, before, { experiment }] = [steps().length, act().run?.id, act()];
    const goBack = wayBack(store);
    act().change('train.steps', 40);
    act().restartTraining();
    await wait(300);
    expect(act().run?.id).not.toBe(before);
    goBack();
    await wait(500);
    expect(act().run?.id).toBe(before);
    expect(phase()).toBe('paused');
    expect(steps()).toEqual(upTo(made));
    expect(act().experiment).toEqual(experiment);
    // And the one that made way for it is kept as well.
    expect(new Set(act().checkpoints.map(({ runId }) => runId)).size).toBe(2);
    act().train();
    await wait(2000);
    expect(steps()).toEqual(upTo(60));
    expect(phase()).toBe('finished');
  });

  it('that nothing was kept of is said to be gone when it should come back', async () => {
    const { act, prepare, phase } = openTrain();
    prepare();
    act().bringBackRun('no-such-run', true);
    await wait(100);
    expect(act().checkpointProblem).toContain('Nothing of that training was kept');
    expect(phase()).toBe('idle');
  });

  it('keeps its newest state when another one begins in its place, and before a reload', async () => {
    const { act, prepare, steps } = openTrain();
    prepare();
    act().train();
    await wait(300);
    act().pauseTraining();
    await wait(100);
    const made = steps().length;
    act().restartTraining();
    await wait(300);
    expect(act().checkpoints.map(({ step }) => step)).toContain(made);
    act().pauseTraining();
    await wait(100);
    const kept = act().keepRun();
    await wait(100);
    await kept;
    expect(act().checkpoints[0]?.step).toBe(steps().length);
    act().stopTraining();
    await wait(500);
  });
});
