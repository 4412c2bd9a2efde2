import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/engine/protocol/protocol.ts';
import { defaultExperiment } from '../../../src/schema/experiment.ts';
import { someModelFile } from '../../../test/app/fakeTraining.ts';
import { onFreshShelf, openTrain, upTo, wait } from '../../../test/app/openTrain.ts';

onFreshShelf();

describe('a sample', () => {
  it('is written with the pretrained model when there is no other', async () => {
    const { act, calls } = openTrain();
    act().change('sample.length', 30);
    act().drawSample();
    expect(act().sampling).toBe(true);
    await wait(40);
    expect(act().sample?.tokens.length).toBeGreaterThan(0);
    await wait(500);
    expect(act().sampling).toBe(false);
    expect(act().model?.name).toBe('Pretrained on Moby-Dick');
    expect(act().sample).toMatchObject({ prompt: 'The ', step: null, report: { tokens: 30 } });
    expect(act().sample?.tokens).toHaveLength(30);
    expect(calls()).toEqual(['boot auto', 'openModel', 'generate 30 from file']);
  });

  it('can be stopped; what was written stays', async () => {
    const { act } = openTrain();
    act().drawSample();
    await wait(100);
    act().stopSample();
    expect(act().sampling).toBe(false);
    await wait(100);
    const { sample } = act();
    expect(sample?.tokens.length).toBeGreaterThan(10);
    expect(sample?.tokens.length).toBeLessThan(120);
    expect(sample?.report).toMatchObject({ interrupted: true, tokens: sample?.tokens.length });
  });

  it('that is asked for ends the one being written, and mixes nothing of it in', async () => {
    const { act } = openTrain();
    act().drawSample();
    await wait(100);
    act().change('sample.length', 10);
    act().drawSample();
    await wait(500);
    expect(act().sample?.tokens).toHaveLength(10);
    expect(act().sample?.report).toMatchObject({ tokens: 10, interrupted: false });
    expect(act().sampling).toBe(false);
  });

  it('that is asked for while it trains comes between two steps', async () => {
    const { act, prepare, phase, calls, steps } = openTrain();
    prepare();
    act().train();
    await wait(300);
    act().drawSample();
    await wait(80);
    expect(phase()).toBe('running');
    expect(act().sample?.step).toBeGreaterThan(10);
    await wait(2000);
    expect(phase()).toBe('finished');
    expect(steps()).toEqual(upTo(60));
    expect(act().sample?.tokens).toHaveLength(120);
    expect(calls()?.slice(2)).toEqual([
      'train undefined',
      'generate 120 from run',
      'train undefined',
    ]);
  });

  it('after Stop is not written with the stopped run’s model', async () => {
    const { act, prepare, engines, calls } = openTrain();
    prepare();
    act().train();
    await wait(300);
    act().stopTraining();
    await wait(100);
    act().drawSample();
    await wait(500);
    // The engine is kept; it forgets the run.
    expect(engines).toHaveLength(1);
    expect(calls()?.slice(-4)).toEqual([
      'saveTraining',
      'closeTraining',
      'openModel',
      'generate 120 from file',
    ]);
    expect(act().sample?.step).toBeNull();
  });

  it('of a file is written as its family writes, whatever the rail shows', async () => {
    const { act } = openTrain();
    act().loadPretrained();
    await wait(100);
    act().change('problem.family', 'monotone');
    act().change('sample.length', 5);
    act().drawSample();
    await wait(100);
    expect(act().trainFault).toBeNull();
    expect(act().sample?.tokens).toHaveLength(5);
  });

  it('that fails says why and leaves a paused run as it is', async () => {
    const failing = { generate: { kind: 'bad-input', message: 'The prompt is empty.' } } as const;
    const { act, prepare, phase } = openTrain({ failing });
    prepare();
    act().train();
    await wait(300);
    act().pauseTraining();
    await wait(100);
    act().drawSample();
    await wait(100);
    expect(act().trainFault?.message).toBe('The prompt is empty.');
    expect(act().sampling).toBe(false);
    expect(phase()).toBe('paused');
  });
});

describe('automatic samples', () => {
  it('take a small share of the time', async () => {
    const { act, prepare, phase, calls, steps } = openTrain();
    prepare(400, 20);
    act().train();
    await wait(8000);
    expect(phase()).toBe('finished');
    expect(steps()).toEqual(upTo(400));
    const written = calls()?.filter((name) => name === 'generate 60 from run').length ?? 0;
    // Each takes 70 ms of 4000: the first is free, the others wait until there is time for them.
    expect(written).toBeGreaterThan(1);
    expect(written).toBeLessThanOrEqual(3);
    expect(act().timeline).toHaveLength(written);
    expect(act().timeline[0]).toMatchObject({ step: 20, prompt: 'The ', report: { tokens: 60 } });
    expect(act().timeline[0]?.tokens).toHaveLength(60);
    expect(act().sample).toBeNull();
  });

  it('are none where what is trained writes no text', async () => {
    const { act, prepare, phase, calls } = openTrain();
    prepare(60, 20);
    act().change('problem.family', 'monotone');
    act().change('train.steps', 60);
    act().change('sample.every', 20);
    act().train();
    await wait(3000);
    expect(phase()).toBe('finished');
    expect(act().trainFault).toBeNull();
    expect(calls()?.filter((name) => name.startsWith('generate'))).toEqual([]);
  });

  it('are one for each step at most, and give way to a pause', async () => {
    const { act, prepare, phase } = openTrain({ training: { tokenMilliseconds: 20 } });
    prepare(400, 20);
    act().train();
    await wait(300);
    expect(act().timeline).toHaveLength(1);
    act().pauseTraining();
    await wait(100);
    expect(phase()).toBe('paused');
    expect(act().timeline[0]?.report?.interrupted).toBe(true);
    act().train();
    await wait(500);
    expect(act().timeline).toHaveLength(1);
    act().stopTraining();
    await wait(100);
    expect(act().timeline).toEqual([]);
  });
});

describe('a model in the Solve view', () => {
  it('is the run’s, and its weights reach the other engine', async () => {
    const { act, prepare, engines } = openTrain();
    prepare();
    act().change('cell.width', 48);
    act().train();
    await wait(2000);
    act().openInSolve();
    await wait(1000);
    expect(act().view).toBe('solve');
    expect(act().experiment.cell).toMatchObject({ width: 48, weights: 'trained' });
    expect(act().ownWeights?.cell.width).toBe(48);
    expect(engines[1]?.calls[1]).toMatch(/^configure with \d+ bytes$/);
    expect(act().problem?.trained).toBe(true);
    // The same settings, but other weights: the problem is another.
    act().showView('train');
    act().openInSolve();
    await wait(1000);
    expect(engines[1]?.calls.filter((name) => name.startsWith('configure'))).toHaveLength(2);
    // Another shape leaves them, and asked for again they bring theirs.
    act().change('cell.width', 56);
    expect(act().experiment.cell.weights).toBe('random');
    expect(act().notes['cell.width']).toContain('Your weights fit another shape');
    act().change('cell.weights', 'trained');
    expect(act().experiment.cell).toMatchObject({ width: 48, weights: 'trained' });
    await wait(1000);
    expect(engines[1]?.calls.at(-2)).toMatch(/^configure with/);
  });

  it('is the opened file’s, or the pretrained one', async () => {
    const { act, engines } = openTrain();
    act().loadPretrained();
    await wait(100);
    act().openInSolve();
    await wait(1000);
    expect(act().experiment.cell).toMatchObject({ width: 64, weights: 'pretrained' });
    expect(engines[1]?.calls[1]).toMatch(/^configure with/);
    act().showView('train');
    const cell = { ...defaultExperiment.cell, width: 24 };
    const bytes = someModelFile({ ...defaultExperiment, cell });
    const opening = act().openTrainingFile(new File([bytes], 'mine.safetensors'));
    await wait(100);
    await opening;
    act().openInSolve();
    await wait(1000);
    expect(act().experiment.cell).toMatchObject({ width: 24, weights: 'trained' });
    // What it took the place of comes back, and so does it.
    expect(act().replacedModel).toBe('Pretrained on Moby-Dick');
    act().bringBackModel();
    await wait(100);
    expect(act().model?.name).toBe('Pretrained on Moby-Dick');
    act().bringBackModel();
    await wait(100);
    expect(act()).toMatchObject({
      model: { name: 'mine.safetensors' },
      replacedModel: 'Pretrained on Moby-Dick',
    });
  });

  it('has to be there', async () => {
    const { act } = openTrain();
    act().openInSolve();
    await wait(100);
    expect(act().modelProblem).toContain('There is no model yet');
    expect(act().view).toBe('train');
    act().change('cell.weights', 'trained');
    expect(act().experiment.cell.weights).toBe('random');
    expect(act().notes['cell.weights']).toContain('no model of yours yet');
    act().downloadModel();
    await wait(100);
    expect(act().modelProblem).toContain('There is no model yet');
  });

  it('needs its weights fetched: a failure is told in words, and an edit mends it', async () => {
    const { act, fetchFile } = openTrain();
    fetchFile.mockRejectedValue(new Error('offline'));
    act().change('cell.weights', 'pretrained');
    act().showView('solve');
    await wait(1000);
    expect(act().fault?.message).toContain('could not be fetched (offline)');
    act().change('cell.weights', 'random');
    await wait(1000);
    expect(act().fault).toBeNull();
    expect(act().records).toHaveLength(1);
    act().showView('train');
    act().loadPretrained();
    await wait(100);
    expect(act().modelProblem).toContain('could not be fetched');
  });

  it('is saved as a file', async () => {
    const { act, prepare, download } = openTrain();
    prepare();
    act().train();
    await wait(300);
    act().downloadModel();
    await wait(2000);
    expect(download.mock.calls[0]?.[0]).toMatch(/^deq-model-step-\d+\.safetensors$/);
    expect(act().runPhase).toBe('finished');
  });
});

describe('what went wrong with a sample', () => {
  it('is over with the next file, the next sample and the next setting', async () => {
    const failing: Record<string, Fault> = {};
    const { act, phase } = openTrain({ failing });
    const fail = async (kind: Fault['kind']): Promise<void> => {
      failing['generate'] = { kind, message: 'The predictions are not numbers.' };
      act().drawSample();
      await wait(500);
      expect(act().trainFault?.message).toBe('The predictions are not numbers.');
      delete failing['generate'];
    };
    const file = new File([someModelFile(defaultExperiment)], 'model.safetensors');
    for (const kind of ['bad-input', 'internal'] as const)
      for (const next of [
        () => void act().openTrainingFile(file),
        () => {
          act().drawSample();
        },
        () => {
          act().change('sample.length', act().experiment.sample.length + 1);
        },
      ]) {
        await fail(kind);
        next();
        await wait(500);
        expect(act().trainFault).toBeNull();
        expect(phase()).toBe('idle');
      }
  });
});
