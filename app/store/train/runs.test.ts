import { describe, expect, it } from 'vitest';
import { onFreshShelf, openTrain, upTo, wait } from '../../../test/app/openTrain.ts';

onFreshShelf();

describe('a run', () => {
  it('begins, shows its records, and finishes', async () => {
    const { act, prepare, phase, steps, calls, text } = openTrain();
    expect(text()).toBe('Press Train to begin');
    prepare();
    act().train();
    expect(phase()).toBe('preparing');
    await wait(300);
    expect(phase()).toBe('running');
    expect(text()).toMatch(/^Training: step \d+ of 60$/);
    await wait(2000);
    expect(phase()).toBe('finished');
    expect(steps()).toEqual(upTo(60));
    expect(calls()).toEqual(['boot auto', 'openTraining anew', 'train undefined']);
    const { run, trainDevice, trainMemory, corpus } = act();
    expect(run?.newest.deq?.step).toBe(60);
    expect(run?.validated.deq?.validation).toBeCloseTo(5 / 2.2);
    expect(run?.examplesPerSecond).toBeCloseTo(12_800);
    expect(run?.secondsLeft).toBe(0);
    expect(trainDevice?.backend.name).toBe('webgpu');
    expect(trainMemory).not.toBeNull();
    expect(corpus.report?.text?.characters).toBe(420);
    act().train();
    await wait(500);
    expect(steps()).toHaveLength(60);
  });

  it('goes on past its end when steps were added, from its last state', async () => {
    const { act, prepare, phase, steps, calls } = openTrain();
    prepare(20);
    act().train();
    await wait(1000);
    expect(phase()).toBe('finished');
    act().change('train.steps', 40);
    expect(act().restartNeeded).toEqual(['train.steps']);
    act().train();
    await wait(1000);
    expect(calls()).toContain('openTraining from 20');
    expect(phase()).toBe('finished');
    expect(steps()).toEqual(upTo(40));
    expect(act().restartNeeded).toEqual([]);
  });

  it('keeps its state where it is paused, once', async () => {
    const { act, prepare, phase, steps, calls } = openTrain();
    prepare();
    act().train();
    await wait(300);
    act().pauseTraining();
    await wait(200);
    expect(phase()).toBe('paused');
    expect(act().checkpoints[0]?.step).toBe(steps().length);
    const saved = () => calls()?.filter((call) => call === 'saveTraining').length;
    expect(saved()).toBe(1);
    await act().keepRun();
    expect(saved()).toBe(1);
  });

  it('is told when what it draws goes off the screen or comes back, and at rest makes up for it', async () => {
    const { act, prepare, phase, calls, steps } = openTrain();
    prepare();
    act().train();
    await wait(100);
    act().watchTrainView(false);
    act().watchTrainView(false);
    await wait(100);
    act().pauseTraining();
    await wait(200);
    expect(calls()?.slice(2)).toEqual(['train undefined', 'train undefined', 'saveTraining']);
    act().watchTrainView(true);
    await wait(100);
    expect(calls()?.at(-1)).toBe('train 0');
    expect(phase()).toBe('paused');
    act().train();
    await wait(1000);
    expect(phase()).toBe('finished');
    expect(steps()).toEqual(upTo(60));
  });

  it('pauses after the step it is in, steps, and goes on', async () => {
    const { act, prepare, phase, steps } = openTrain();
    prepare();
    act().train();
    await wait(300);
    act().pauseTraining();
    expect(phase()).toBe('pausing');
    await wait(100);
    expect(phase()).toBe('paused');
    const paused = steps().length;
    await wait(1000);
    expect(steps()).toHaveLength(paused);
    act().stepTraining();
    await wait(100);
    expect(phase()).toBe('paused');
    expect(steps()).toHaveLength(paused + 1);
    act().train();
    await wait(2000);
    expect(phase()).toBe('finished');
    expect(steps()).toEqual(upTo(60));
  });

  it('goes on when Train is pressed before the pause has come', async () => {
    const { act, prepare, phase } = openTrain();
    prepare();
    act().train();
    await wait(300);
    act().pauseTraining();
    act().train();
    await wait(50);
    expect(phase()).toBe('running');
    await wait(2000);
    expect(phase()).toBe('finished');
  });

  it('pauses at once when asked to while it is being prepared', async () => {
    const { act, prepare, phase, steps } = openTrain();
    prepare();
    act().train();
    act().pauseTraining();
    await wait(1000);
    expect(phase()).toBe('paused');
    expect(steps()).toEqual([]);
  });

  it('ends at Stop, while it is being prepared too', async () => {
    const { act, prepare, phase } = openTrain();
    prepare();
    act().train();
    await wait(5);
    act().stopTraining();
    await wait(1000);
    expect(phase()).toBe('idle');
    expect(act().run).toBeNull();
    expect(act().corpus.reading).toBeNull();
    act().train();
    await wait(300);
    act().stopTraining();
    await wait(1000);
    expect(phase()).toBe('idle');
    expect(act().run).toBeNull();
    expect(act().restartNeeded).toEqual([]);
  });

  it('says how fast it goes only once it has warmed up', async () => {
    const { act, prepare } = openTrain();
    prepare(1000);
    act().train();
    await wait(45);
    expect(act().run?.examplesPerSecond).toBeNull();
    await wait(200);
    expect(act().run?.examplesPerSecond).toBeCloseTo(12_800);
    expect(act().run?.secondsLeft).toBeGreaterThan(9);
    expect(act().run?.secondsLeft).toBeLessThan(10);
    act().stopTraining();
    await wait(100);
  });
});

describe('settings', () => {
  it('that are live are taken over while it trains', async () => {
    const { act, prepare, phase, calls, steps } = openTrain();
    prepare();
    act().train();
    await wait(300);
    act().change('train.learningRate', 1e-3);
    expect(phase()).toBe('running');
    expect(act().run?.applied.train.learningRate).toBe(1e-3);
    expect(act().restartNeeded).toEqual([]);
    await wait(2000);
    expect(phase()).toBe('finished');
    expect(calls()).toEqual([
      ...['boot auto', 'openTraining anew'],
      ...['train undefined', 'changeTraining', 'train undefined'],
    ]);
    expect(steps()).toEqual(upTo(60));
    expect(act().run?.newest.deq?.learningRate).toBe(1e-3);
  });

  it('that are live and changed during a pause are told before it goes on', async () => {
    const { act, prepare, calls } = openTrain();
    prepare();
    act().train();
    await wait(300);
    act().pauseTraining();
    await wait(100);
    act().change('train.clip', 2);
    act().train();
    await wait(100);
    expect(calls()?.slice(-2)).toEqual(['changeTraining', 'train undefined']);
    await wait(2000);
  });

  it('that are not live are listed until the run begins anew', async () => {
    const { act, prepare, phase } = openTrain();
    prepare();
    act().train();
    await wait(300);
    const id = act().run?.id;
    act().change('cell.width', 40);
    act().change('train.batch', 16);
    // Without effect: no twin trains, and a run has tolerances of its own.
    act().change('train.twinDepth', 6);
    act().change('solver.tolerance', 0.1);
    expect(act().restartNeeded).toEqual(['cell.width', 'train.batch']);
    expect(act().run?.applied.cell.width).toBe(32);
    act().restartTraining();
    await wait(300);
    expect(phase()).toBe('running');
    expect(act().run?.id).not.toBe(id);
    expect(act().run?.applied.cell.width).toBe(40);
    expect(act().restartNeeded).toEqual([]);
    await wait(2000);
  });

  it('of a link are listed even where they are live: the run keeps its own', async () => {
    const { act, prepare, phase } = openTrain();
    prepare();
    act().train();
    await wait(300);
    const { experiment } = act();
    act().open({ ...experiment, train: { ...experiment.train, learningRate: 1e-4 } });
    expect(act().restartNeeded).toEqual(['train.learningRate']);
    expect(act().run?.applied.train.learningRate).toBe(5e-3);
    expect(phase()).toBe('running');
    await wait(2000);
  });

  it('name the corpus when the own text changed', async () => {
    const { act, prepare } = openTrain();
    prepare();
    act().train();
    await wait(300);
    act().setTrainingText('Another text altogether.');
    expect(act().restartNeeded).toEqual(['data.source']);
    await wait(2000);
  });

  it('edited in the Train view wake no solve until its view is shown', async () => {
    const { act, engines } = openTrain();
    act().change('cell.width', 40);
    await wait(1000);
    expect(engines).toHaveLength(0);
    act().showView('solve');
    await wait(1000);
    expect(engines).toHaveLength(1);
    expect(act().applied.cell.width).toBe(40);
    expect(act().records).toHaveLength(1);
  });
});
