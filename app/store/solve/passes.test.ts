import { describe, expect, it, vi } from 'vitest';
import { someMemory, someRecord } from '../../../test/app/fakeValues.ts';
import { openStarted as open, settle, onFakeClock } from '../../../test/app/openStore.ts';

onFakeClock();

describe('the backward solve', () => {
  it('of a recorded run goes live, runs the forward solve to its end and opens', async () => {
    const { act, since, shown, status, phase } = await open();
    act().showPass('backward');
    expect(status()).toBe('Adjoint solve: waiting for the forward solve to end…');
    await settle();
    expect(since(2)).toEqual([
      'step forward 1',
      'run forward undefined',
      'openBackward anderson',
      'step backward 1',
      'spectrum',
    ]);
    expect(shown()).toEqual([0]);
    expect(phase()).toBe('ready');
    expect(act().finished).toBe(5);
  });

  it('opens where the forward solve was paused, and says at which residual', async () => {
    const { act, since, iterations } = await open({});
    act().step();
    await settle();
    act().showPass('backward');
    await settle();
    expect(since(4)).toEqual(['openBackward anderson', 'step backward 1']);
    expect(iterations()).toEqual([0, 1]);
    expect(act().adjoint).toMatchObject({ openedAt: 1, forwardResidual: 1e-3 });
  });

  it('is driven by the same transport', async () => {
    const { act, shown, status, phase, calls, iterations } = await open({ convergesAt: 6 });
    act().runToEnd();
    await settle();
    act().showPass('backward');
    await settle();
    act().step();
    await settle();
    expect(shown()).toEqual([0, 1]);
    expect(status()).toBe('Adjoint solve: paused at iteration 1');
    act().runToEnd();
    await settle();
    expect(status()).toBe('Adjoint solve: converged below 1e-6 after 6 iterations');
    act().reset();
    await settle();
    expect(calls()?.slice(-2)).toEqual(['openBackward anderson', 'step backward 1']);
    expect(shown()).toEqual([0]);
    act().showPass('forward');
    expect(phase()).toBe('converged');
    expect(iterations()).toHaveLength(7);
  });

  it('that falls short says that the gradient is inexact', async () => {
    const { act, status } = await open({ adjointEnd: 'max-iterations' });
    act().showPass('backward');
    await settle();
    act().runToEnd();
    await settle();
    expect(status()).toMatch(/^Adjoint solve: did not converge .*: the gradient is inexact/);
  });

  it('ends when the forward solve goes on, and drops what is late', async () => {
    const { act, engines, shown } = await open({});
    act().showPass('backward');
    await settle();
    const stale = act().adjoint?.solve ?? NaN;
    act().showPass('forward');
    act().step();
    await settle();
    expect(act().adjoint).toBeNull();
    act().showPass('backward');
    await settle();
    engines[0]?.emit({
      event: 'records',
      phase: 'backward',
      solve: stale,
      records: [someRecord(7)],
      status: 'diverged',
      memory: someMemory,
    });
    await settle();
    expect(shown()).toEqual([0]);
  });

  it('gives way when the visitor goes back to Forward in the middle of it', async () => {
    const { act, phase } = await open({ convergesAt: 50 });
    act().showPass('backward');
    await vi.advanceTimersByTimeAsync(40);
    act().showPass('forward');
    await settle();
    expect(phase()).not.toBe('preparing');
    expect(act().activity).toBe('idle');
  });
});
