import { describe, expect, it } from 'vitest';
import { onFreshShelf, openTrain, wait } from './openTrain.ts';

onFreshShelf();

describe('remedies', () => {
  it('shorten the gradient and add the penalty, in one change of the set-up', async () => {
    const { act, prepare, phase } = openTrain({ training: { nonfiniteAt: 47 } });
    prepare();
    act().train();
    await wait(2000);
    const before = act().experiment;
    act().recoverTraining(['rate', 'clip', 'jacobian']);
    const gentler = { learningRate: 2.5e-3, clip: 0.5, jacobianWeight: 0.1 };
    expect(act().experiment.train).toMatchObject(gentler);
    expect(act().run?.applied.train).toMatchObject(gentler);
    await wait(2000);
    expect(phase()).toBe('finished');
    act().undo();
    expect(act().experiment).toEqual(before);
  });
});
