import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Fault } from '../../../src/engine/protocol/protocol.ts';
import { onFreshShelf, openTrain, upTo, wait } from '../../../test/app/openTrain.ts';

onFreshShelf();
afterEach(() => {
  vi.restoreAllMocks();
});

const lost: Fault = { kind: 'device-lost', message: 'The GPU was lost.' };

describe('numbers that blow up', () => {
  it('stop the run; it goes on from the last checkpoint with half the rate', async () => {
    const { act, prepare, phase, text, steps, calls } = openTrain({
      training: { nonfiniteAt: 47 },
    });
    prepare();
    act().train();
    await wait(2000);
    expect(phase()).toBe('nonfinite');
    expect(text()).toBe(
      'Stopped at step 47: the loss was no longer a finite number. The last good checkpoint is step 40.',
    );
    const id = act().run?.id;
    act().recoverTraining();
    await wait(100);
    expect(calls()).toContain('openTraining from 40');
    expect(act().experiment.train.learningRate).toBe(2.5e-3);
    expect(act().run?.applied.train.learningRate).toBe(2.5e-3);
    await wait(2000);
    expect(phase()).toBe('finished');
    expect(act().run?.id).toBe(id);
    expect(steps()).toEqual(upTo(60));
  });

  it('before any checkpoint begin the run again with half the rate', async () => {
    const { act, prepare, phase, steps } = openTrain({ training: { nonfiniteAt: 7 } });
    prepare();
    act().train();
    await wait(1000);
    expect(phase()).toBe('nonfinite');
    act().recoverTraining();
    await wait(2000);
    expect(phase()).toBe('finished');
    expect(act().run?.applied.train.learningRate).toBe(2.5e-3);
    expect(steps()).toEqual(upTo(60));
  });
});

describe('a lost device', () => {
  it('goes on from the newest checkpoint in another engine, but not twice so soon', async () => {
    const { act, prepare, phase, engines, steps, calls } = openTrain();
    prepare(400);
    act().train();
    await wait(500);
    expect(steps().length).toBeGreaterThan(40);
    engines[0]?.emit({ event: 'fault', fault: lost });
    await wait(100);
    expect(engines).toHaveLength(2);
    expect(engines[0]?.disposed()).toBe(true);
    expect(calls()).toEqual(['boot auto', 'openTraining from 40', 'train undefined']);
    expect(phase()).toBe('running');
    expect(act().notice).toContain('step 40');
    expect(steps()).toEqual(upTo(steps().length));
    engines[1]?.emit({ event: 'fault', fault: lost });
    await wait(100);
    expect(engines).toHaveLength(2);
    expect(phase()).toBe('failed');
    expect(act().trainFault?.message).toContain('twice');
    act().train();
    await wait(500);
    expect(phase()).toBe('running');
    expect(act().trainFault).toBeNull();
    act().stopTraining();
    await wait(100);
  });

  it('leaves the Solve engine alone', async () => {
    const { act, prepare, engines } = openTrain();
    act().showView('solve');
    await wait(1000);
    act().showView('train');
    prepare();
    act().train();
    await wait(300);
    engines[1]?.emit({ event: 'fault', fault: lost });
    await wait(3000);
    expect(act().fault).toBeNull();
    expect(engines).toHaveLength(3);
    expect(act().runPhase).toBe('finished');
  });

  it('stays without an engine that does not start, until Train is pressed again', async () => {
    const failing: Record<string, Fault> = { boot: { kind: 'no-backend', message: 'None.' } };
    const { act, prepare, phase, text } = openTrain({ failing });
    prepare();
    act().train();
    await wait(500);
    expect(phase()).toBe('failed');
    expect(act().trainFault?.message).toBe('None.');
    expect(text()).toContain('could not begin');
    delete failing['boot'];
    act().train();
    await wait(2000);
    expect(phase()).toBe('finished');
  });

  it('can be exchanged for another backend without losing a step', async () => {
    const { act, prepare, phase, engines, calls, steps } = openTrain();
    prepare();
    act().train();
    await wait(300);
    act().setTrainBackend('wasm');
    await wait(2000);
    expect(engines).toHaveLength(2);
    expect(calls()?.[0]).toBe('boot wasm');
    expect(calls()?.[1]).not.toBe('openTraining from 20');
    expect(phase()).toBe('finished');
    expect(steps()).toEqual(upTo(60));
  });

  it('can be exchanged for other kernels without losing a step', async () => {
    const { act, prepare, phase, engines, calls, steps } = openTrain();
    prepare();
    act().train();
    await wait(300);
    act().setKernels('stock');
    await wait(2000);
    expect(engines).toHaveLength(2);
    expect(calls()?.[0]).toBe('boot auto stock');
    expect(phase()).toBe('finished');
    expect(steps()).toEqual(upTo(60));
  });
});

describe('while an engine is exchanged', () => {
  it('the visitor can pause, stop and change live settings', async () => {
    const { act, prepare, phase, calls } = openTrain();
    prepare(400);
    act().train();
    await wait(300);
    act().setTrainBackend('wasm');
    act().pauseTraining();
    await wait(500);
    expect(phase()).toBe('paused');
    act().train();
    act().change('train.learningRate', 1e-3);
    await wait(100);
    expect(phase()).toBe('running');
    expect(act().run?.applied.train.learningRate).toBe(1e-3);
    expect(calls()?.slice(-2)).toEqual(['changeTraining', 'train undefined']);
    act().setTrainBackend('cpu');
    act().stopTraining();
    await wait(500);
    expect(phase()).toBe('idle');
    expect(act().run).toBeNull();
  });
});

describe('a reload', () => {
  it('offers the run that was not finished, and brings back its series and text', async () => {
    const before = openTrain();
    before.prepare(200);
    before.act().train();
    await wait(800);
    before.engines[0]?.end();
    await wait(100);

    const { act, phase, steps, calls } = openTrain();
    await wait(100);
    const offered = act().resumable;
    expect(offered?.step).toBe(60);
    expect(act().checkpoints.map(({ step }) => step)).toEqual([60, 40, 20]);
    expect(act().checkpoints.map(({ best }) => best)).toEqual([true, false, false]);
    expect(act().corpus.own).toContain('To be, or not to be.');
    act().resume(offered?.id ?? '');
    await wait(100);
    expect(calls()).toContain('openTraining from 60');
    expect(phase()).toBe('running');
    expect(act().experiment.train.steps).toBe(200);
    expect(act().restartNeeded).toEqual([]);
    expect(act().resumable).toBeNull();
    await wait(4000);
    expect(phase()).toBe('finished');
    expect(steps()).toEqual(upTo(200));

    const after = openTrain();
    await wait(100);
    expect(after.act().resumable).toBeNull();
    expect(after.act().checkpoints[0]?.step).toBe(200);
  });

  it('does not offer what was declined, stopped or deleted', async () => {
    const before = openTrain();
    before.prepare(200);
    before.act().train();
    await wait(400);
    before.act().stopTraining();
    await wait(100);
    const { act } = openTrain();
    await wait(100);
    expect(act().resumable).toBeNull();
    expect(act().checkpoints).not.toHaveLength(0);
    for (const { id } of act().checkpoints) act().deleteCheckpoint(id);
    await wait(200);
    expect(act().checkpoints).toEqual([]);
    expect(act().checkpointProblem).toBeNull();
  });

  it('downloads a checkpoint and says when there is none', async () => {
    const { act, prepare, download } = openTrain();
    prepare();
    act().train();
    await wait(2000);
    act().downloadCheckpoint(act().checkpoints[0]?.id ?? '');
    await wait(50);
    expect(download).toHaveBeenCalledWith('deq-run-step-60.safetensors', expect.anything());
    act().downloadCheckpoint('none');
    await wait(50);
    expect(act().checkpointProblem).toContain('no longer in this browser');
  });
});

describe('a browser without room', () => {
  it('is told of with sizes, and training goes on', async () => {
    const { act, prepare, phase } = openTrain();
    prepare();
    await wait(1000);
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('Full.', 'QuotaExceededError');
    });
    act().train();
    await wait(2000);
    expect(phase()).toBe('finished');
    expect(act().checkpointProblem).toMatch(
      /^This browser has no room left for the checkpoint \([\d.]+ kB; 0 B are used by checkpoints\)/,
    );
    expect(act().checkpoints).toEqual([]);
  });

  it('or without storage is told of once, at the start', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('Denied.', 'SecurityError');
    });
    const { act, prepare, phase } = openTrain();
    await wait(100);
    expect(act().checkpointProblem).toContain('no storage (Denied.)');
    prepare();
    act().train();
    await wait(2000);
    expect(phase()).toBe('finished');
  });
});

describe('an engine that answers nothing', () => {
  const gone: Fault = {
    kind: 'engine-lost',
    message: 'The engine has not answered for 2 minutes.',
  };

  it('is replaced, and training goes on from the newest checkpoint; not twice within ten minutes', async () => {
    const { act, prepare, phase, engines, calls, steps } = openTrain();
    prepare(400);
    act().train();
    await wait(500);
    engines[0]?.emit({ event: 'quiet', quiet: true });
    expect(act().notice).toContain('has not answered for 20 seconds');
    engines[0]?.emit({ event: 'fault', fault: gone });
    await wait(100);
    expect(engines[0]?.disposed()).toBe(true);
    expect(calls()).toEqual(['boot auto', 'openTraining from 40', 'train undefined']);
    expect(act().notice).toBe(
      `${gone.message} Training goes on from step 40, the newest one kept.`,
    );
    expect(phase()).toBe('running');
    expect(steps()).toEqual(upTo(steps().length));
    engines[1]?.emit({ event: 'fault', fault: gone });
    await wait(100);
    expect(engines).toHaveLength(2);
    expect(phase()).toBe('failed');
    expect(act().trainFault?.message).toContain('twice within ten minutes');
    act().stopTraining();
    await wait(100);
  });
});
