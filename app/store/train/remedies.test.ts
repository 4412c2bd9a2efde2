import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../../src/schema/experiment.ts';
import { onFreshShelf, openTrain, wait } from '../../../test/app/openTrain.ts';
import { isTreated } from './remedies.ts';

onFreshShelf();

describe('remedies', () => {
  it('shorten the gradient and add the penalty, in one change of the set-up', async () => {
    const { act, prepare, phase } = openTrain({ training: { nonfiniteAt: 47 } });
    prepare();
    act().train();
    await wait(2000);
    const before = act().experiment;
    act().recoverTraining(['rate', 'clip', 'jacobian']);
    const gentler = { learningRate: 2.5e-3, clip: 0.5, jacobianWeight: 1.2 };
    expect(act().experiment.train).toMatchObject(gentler);
    expect(act().run?.applied.train).toMatchObject(gentler);
    await wait(2000);
    expect(phase()).toBe('finished');
    act().undo();
    expect(act().experiment).toEqual(before);
  });
});

describe('a remedy for solves that stop short', () => {
  const values = ({ train }: Experiment): unknown[] => [
    train.jacobianWeight,
    train.jacobianShare,
    train.learningRate,
    train.maxIterations,
    train.adjointIterations,
  ];
  const all = ['jacobian', 'rate', 'limit'] as const;

  it.each(['running', 'paused'] as const)(
    'is applied to a %s run, and taken back',
    async (stage) => {
      const { act, prepare, phase, calls } = openTrain();
      prepare(400);
      act().train();
      await wait(400);
      if (stage === 'paused') {
        act().pauseTraining();
        await wait(200);
      }
      expect(phase()).toBe(stage);
      const before = act().experiment;
      for (const remedy of all) {
        act().treat(remedy);
        expect(isTreated(act(), remedy)).toBe(true);
      }
      const { train } = act().experiment;
      expect(train.jacobianWeight).toBeGreaterThan(before.train.jacobianWeight);
      expect(train.learningRate).toBe(before.train.learningRate / 2);
      expect(train.maxIterations).toBe(2 * before.train.maxIterations);
      expect(train.adjointIterations).toBe(2 * before.train.adjointIterations);
      expect(values(act().run?.applied as Experiment)).toEqual(values(act().experiment));
      // The engine hears of it before its next step, also where that comes only later.
      if (stage === 'paused') act().stepTraining();
      await wait(200);
      expect(calls()).toContain('changeTraining');
      // Nothing of it asks for a new start.
      expect(act().restartNeeded).toEqual([]);
      for (const remedy of all) act().treat(remedy);
      expect(act().experiment).toEqual(before);
      expect(values(act().run?.applied as Experiment)).toEqual(values(before));
      expect(act().treatments).toEqual({});
    },
  );

  it('is off where the visitor changed what it had set, and is applied on top of that', async () => {
    const { act, prepare } = openTrain();
    prepare(400);
    act().train();
    await wait(200);
    act().treat('limit');
    act().change('train.maxIterations', 30);
    expect(isTreated(act(), 'limit')).toBe(false);
    act().treat('limit');
    expect(act().run?.applied.train.maxIterations).toBe(60);
    act().treat('limit');
    expect(act().run?.applied.train.maxIterations).toBe(30);
  });

  it('goes with the history', async () => {
    const { act, prepare } = openTrain();
    prepare(400);
    act().train();
    await wait(200);
    const before = act().experiment;
    act().treat('jacobian');
    act().undo();
    expect(isTreated(act(), 'jacobian')).toBe(false);
    expect(values(act().run?.applied as Experiment)).toEqual(values(before));
  });

  it('leaves what a finished run was trained with, and asks for another one', async () => {
    const { act, prepare, phase } = openTrain();
    prepare(20);
    act().train();
    await wait(2000);
    expect(phase()).toBe('finished');
    const { learningRate } = act().experiment.train;
    act().treat('rate');
    expect(act().run?.applied.train.learningRate).toBe(learningRate);
    expect(act().restartNeeded).toEqual(['train.learningRate']);
  });
});
