import { describe, expect, it } from 'vitest';
import { onFreshShelf, openTrain, upTo, wait } from './openTrain.ts';

onFreshShelf();

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
