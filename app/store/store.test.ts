import { describe, expect, it, vi } from 'vitest';
import { onFakeClock, openStore as open, settle } from '../../test/app/openStore.ts';
import type { FakeOptions } from '../../test/app/fakeEngine.ts';
import { someMemory, someRecord } from '../../test/app/fakeValues.ts';

onFakeClock();

describe('a recorded run', () => {
  it('is on screen without an engine, and stays while one gets ready', async () => {
    const { act, phase, iterations, engines, calls } = open();
    expect(phase()).toBe('recorded');
    expect(engines).toHaveLength(0);
    act().startEngine();
    await settle();
    expect(calls()).toEqual(['boot auto', 'configure']);
    expect(phase()).toBe('recorded');
    expect(iterations()).toEqual([0, 1, 2]);
    expect(act().device?.backend.name).toBe('webgpu');
    expect(act().problem?.parameters).toBe(100);
  });

  it('gives way to iteration 1, live, at the first step', async () => {
    const { act, phase, iterations, status } = open();
    act().startEngine();
    await settle();
    act().step();
    await settle();
    expect(iterations()).toEqual([0, 1]);
    expect(phase()).toBe('paused');
    expect(status()).toBe('Paused at iteration 1');
  });

  it('gives way to a changed setting', async () => {
    const { act, phase, iterations, calls } = open();
    act().setAutoRun(false);
    act().startEngine();
    await settle();
    act().change('solver.method', 'broyden');
    expect(phase()).toBe('preparing');
    await settle();
    expect(calls()).toEqual(['boot auto', 'configure', 'configure', 'step forward 1']);
    expect(iterations()).toEqual([0]);
    expect(phase()).toBe('ready');
    expect(act().applied.solver.method).toBe('broyden');
  });
});

describe('a click before the engine is ready', () => {
  it('waits for it and then happens', async () => {
    const { act, status, iterations } = open();
    act().step();
    expect(status()).toBe('Starting the engine…');
    await settle();
    expect(iterations()).toEqual([0, 1]);
  });

  it('can be taken back: a paused Play leaves iteration 0', async () => {
    const { act, iterations, phase } = open();
    act().play();
    act().pause();
    await settle();
    expect(iterations()).toEqual([0]);
    expect(phase()).toBe('ready');
  });
});

describe('the transport', () => {
  const live = async (options: FakeOptions = {}) => {
    const page = open(options);
    page.act().startEngine();
    await settle();
    return page;
  };

  it('shows iteration 0 by itself when live from the start', async () => {
    const { iterations, phase, calls } = await live();
    expect(calls()).toEqual(['boot auto', 'configure', 'step forward 1']);
    expect(iterations()).toEqual([0]);
    expect(phase()).toBe('ready');
  });

  it('runs to convergence and then refuses to step', async () => {
    const { act, phase, iterations, status, calls } = await live();
    act().runToEnd();
    expect(phase()).toBe('running');
    await settle();
    expect(phase()).toBe('converged');
    expect(status()).toMatch(/^Converged: the residual is below 1e-\d after 4 iterations$/);
    expect(iterations()).toEqual([0, 1, 2, 3, 4]);
    expect(calls()?.slice(-2)).toEqual(['run forward undefined', 'spectrum']);
    act().step();
    await settle();
    expect(iterations()).toHaveLength(5);
  });

  it('plays at the chosen speed, pauses, and goes on', async () => {
    const { act, phase, iterations, calls } = await live({ convergesAt: 30 });
    act().setSpeed(16);
    act().play();
    await vi.advanceTimersByTimeAsync(300);
    expect(calls()?.at(-1)).toBe('run forward 16');
    act().pause();
    await settle();
    const paused = iterations().length;
    expect(phase()).toBe('paused');
    expect(paused).toBeGreaterThan(3);
    await settle();
    expect(iterations()).toHaveLength(paused);
    act().play();
    await vi.advanceTimersByTimeAsync(300);
    expect(iterations().length).toBeGreaterThan(paused);
  });

  it('plays again from z0 once the solve is over', async () => {
    const { act, phase, iterations, calls } = await live();
    act().runToEnd();
    await settle();
    act().play();
    await settle();
    expect(calls()?.slice(-4)).toEqual(['reset', 'step forward 1', 'run forward 16', 'spectrum']);
    expect(phase()).toBe('converged');
    expect(iterations()).toEqual([0, 1, 2, 3, 4]);
  });

  it('goes back to iteration 0 at Reset, in the middle of a run too', async () => {
    const { act, phase, iterations } = await live({ convergesAt: 30 });
    act().play();
    await vi.advanceTimersByTimeAsync(900);
    act().reset();
    await settle();
    expect(iterations()).toEqual([0]);
    expect(phase()).toBe('ready');
  });

  it('ends the run and adds one when Step is pressed while it plays', async () => {
    const { act, phase, iterations } = await live({ convergesAt: 30 });
    act().play();
    await vi.advanceTimersByTimeAsync(100);
    const before = iterations().length;
    act().step();
    await settle();
    expect(phase()).toBe('paused');
    expect(iterations()).toHaveLength(before + 1);
  });

  it('drops records of a solve that has been reset away', async () => {
    const { act, engines, iterations } = await live();
    act().reset();
    await settle();
    act().step();
    await settle();
    const records = [someRecord(9)];
    engines[0]?.emit({
      event: 'records',
      phase: 'forward',
      solve: 1,
      records,
      status: 'diverged',
      memory: someMemory,
    });
    await settle();
    act().reset();
    await settle();
    engines[0]?.emit({
      event: 'records',
      phase: 'forward',
      solve: 1,
      records,
      status: 'diverged',
      memory: someMemory,
    });
    await settle();
    expect(iterations()).toEqual([0]);
    expect(act().status).toBe('running');
  });
});
