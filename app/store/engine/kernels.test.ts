import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rememberKernels, storedKernels } from './kernels.ts';
import { onFakeClock, openStarted, openStore, settle } from '../../../test/app/openStore.ts';

onFakeClock();

describe('the kernels asked for', () => {
  it('restart the engine with the same set-up', async () => {
    const { act, engines, calls } = await openStarted();
    act().change('cell.width', 48);
    await settle();
    act().setKernels('tiles');
    await settle();
    expect(engines).toHaveLength(2);
    expect(engines[0]?.disposed()).toBe(true);
    expect(calls()?.slice(0, 2)).toEqual(['boot auto tiles', 'configure']);
    expect(act().applied.cell.width).toBe(48);
    expect(act().engine).toBe('on');
  });

  it('change nothing when they are the ones in use', async () => {
    const { act, engines } = await openStarted();
    act().setKernels('auto');
    await settle();
    expect(engines).toHaveLength(1);
  });

  it('start no engine that was not needed yet', async () => {
    const { act, engines } = openStore();
    act().setKernels('stock');
    await settle();
    expect(engines).toHaveLength(0);
    act().startEngine();
    await settle();
    expect(engines[0]?.calls[0]).toBe('boot auto stock');
  });
});

describe('a later visit', () => {
  const kept = new Map<string, string>();
  beforeEach(() => {
    kept.clear();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('asks for the same kernels', () => {
    rememberKernels('stock');
    expect(storedKernels()).toBe('stock');
    expect(openStore().act().kernels).toBe('stock');
    rememberKernels('auto');
    expect(kept.size).toBe(0);
    expect(storedKernels()).toBe('auto');
  });

  it('takes nothing it does not know', () => {
    kept.set('deq-kernels', 'quantum');
    expect(storedKernels()).toBe('auto');
  });
});
