import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultExperiment } from '../../../src/schema/experiment.ts';
import { fakeEngines } from '../../../test/app/fakeEngine.ts';
import { createSolveLane } from '../engine/solveLane.ts';
import { createAppStore } from '../store.ts';
import { createLateTraining } from './lateTraining.ts';
import { createTraining, type Training, type TrainOptions } from './trainSlice.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('training that has not been loaded yet', () => {
  it('has every action of the one that has, and the first call brings it', async () => {
    const { startEngine } = fakeEngines({});
    const common = {
      createSolveLane,
      startEngine,
      experiment: defaultExperiment,
      now: () => Date.now(),
    };
    const late = createAppStore(common);
    const whole = createAppStore({ ...common, createTraining });
    expect(Object.keys(late.getState()).sort()).toEqual(Object.keys(whole.getState()).sort());
    const before: (text: string) => unknown = late.getState().setTrainingText;
    expect(before('A text that was given early.')).toBeUndefined();
    await vi.waitFor(() => {
      expect(late.getState().corpus.own).toBe('A text that was given early.');
    });
    expect(late.getState().setTrainingText).not.toBe(before);
  });

  it('answers a promise only where the action does: React takes any other for a clean-up', async () => {
    const { startEngine } = fakeEngines({});
    const common = {
      createSolveLane,
      startEngine,
      experiment: defaultExperiment,
      now: () => Date.now(),
    };
    const late = createAppStore(common).getState();
    const whole = createAppStore({ ...common, createTraining }).getState();
    const answered = (act: () => unknown): unknown => act();
    expect(answered(late.readCorpus)).toBe(answered(whole.readCorpus));
    expect(await late.ownTextLoaded()).toBe(await whole.ownTextLoaded());
    expect(answered(late.keepRun)).toBeInstanceOf(Promise);
    expect(answered(whole.keepRun)).toBeInstanceOf(Promise);
  });

  it('says that it cannot be loaded, and tries again with the next call', async () => {
    const changes: object[] = [];
    const trained = vi.fn();
    const options = { set: (change: object) => changes.push(change) } as unknown as TrainOptions;
    const load = vi
      .fn<() => Promise<typeof createTraining>>()
      .mockRejectedValueOnce(new Error('offline'))
      .mockResolvedValue(() => ({ actions: { train: trained } }) as unknown as Training);
    const { slice } = createLateTraining(options, load);
    slice.train();
    await vi.waitFor(() => {
      expect(changes).toEqual([
        { trainFault: expect.objectContaining({ message: 'offline' }) as unknown },
      ]);
    });
    slice.train();
    await vi.waitFor(() => {
      expect(trained).toHaveBeenCalledOnce();
    });
  });
});
