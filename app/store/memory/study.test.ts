import { describe, expect, it, vi } from 'vitest';
import { changeSetting, defaultExperiment } from '../../../src/schema/experiment.ts';
import type { Fault } from '../../../src/engine/protocol/protocol.ts';
import { autoMeasure } from './autoMeasure.ts';
import type { FakeOptions } from '../../../test/app/fakeEngine.ts';
import { someDevice } from '../../../test/app/fakeValues.ts';
import { onFakeClock, openStarted, settle } from '../../../test/app/openStore.ts';
import {
  depthsToMeasure,
  limitVerdict,
  memoryLimit,
  studyDepth,
  studyKey,
  variants,
} from './study.ts';
import { recordedSizes as recorded } from '../../traces/presetSizes.ts';

onFakeClock();

const open = async (options?: FakeOptions) => {
  const page = await openStarted(options);
  const measured = () => Object.values(page.act().study.reports).flat();
  return { ...page, measured };
};

describe('a measurement', () => {
  it('gives each network an engine of its own, one after another, and ends them', async () => {
    const { store, act, engines, measured } = await open();
    const order: string[] = [];
    store.subscribe(({ study }) => {
      const variant = study.measuring?.variant;
      if (variant && order.at(-1) !== variant) order.push(variant);
    });
    act().measureMemory(false);
    expect(act().study.measuring).toMatchObject({ variant: 'deq', done: 0 });
    await vi.dynamicImportSettled();
    await settle();
    expect(engines.slice(1).map(({ calls }) => calls)).toEqual(
      ['deq', 'unrolled', 'checkpointed'].map((variant) => [
        'boot webgpu registers',
        `measureMemory ${variant} 3`,
        `measureMemory ${variant} 6 12 24 48`,
      ]),
    );
    expect(engines.map(({ disposed }) => disposed())).toEqual([false, true, true, true]);
    // The depth that is compared first, so that the bars are there early.
    expect(order).toEqual([...variants, ...variants]);
    expect(measured()).toHaveLength(15);
    expect(act().study.measuring).toBeNull();
  });

  it('shows bars as they come and can be cancelled', async () => {
    const { act, engines, measured } = await open({ delay: 50 });
    act().measureMemory(true);
    await vi.dynamicImportSettled();
    await vi.advanceTimersByTimeAsync(170);
    expect(measured().length).toBeGreaterThan(0);
    const sofar = measured().length;
    act().cancelMeasuring();
    await settle();
    expect(measured()).toHaveLength(sofar);
    expect(engines.slice(1).every(({ disposed }) => disposed())).toBe(true);
    expect(act().study).toMatchObject({ measuring: null, failures: [] });
    act().measureMemory(true);
    await vi.dynamicImportSettled();
    await settle();
    await settle();
    expect(measured()).toHaveLength(18);
  });

  it('goes on with the next network when one fails, and says why', async () => {
    const fault: Fault = { kind: 'out-of-memory', message: 'Too deep.' };
    const { act, measured } = await open({
      failing: { 'measureMemory unrolled 30': fault },
    });
    act().measureMemory(false);
    await vi.dynamicImportSettled();
    await settle();
    expect(act().study.failures).toEqual([{ variant: 'unrolled', message: 'Too deep.' }]);
    expect(measured()).toHaveLength(14);
    expect(act().fault).toBeNull();
  });

  it('survives the loss of its device', async () => {
    const { act, engines, phase } = await open({});
    act().measureMemory(false);
    await vi.dynamicImportSettled();
    await vi.advanceTimersByTimeAsync(15);
    engines[1]?.emit({ event: 'fault', fault: { kind: 'device-lost', message: 'Gone.' } });
    await settle();
    expect(act().study.failures).toEqual([{ variant: 'deq', message: 'Gone.' }]);
    expect(act().study.measuring).toBeNull();
    expect(phase()).toBe('ready');
  });

  it('waits between networks while the solve runs', async () => {
    const { act, engines } = await open({ convergesAt: 1e6 });
    act().play();
    act().measureMemory(false);
    await vi.dynamicImportSettled();
    await settle();
    expect(engines).toHaveLength(1);
    act().pause();
    await settle();
    expect(engines).toHaveLength(4);
  });

  it('happens once by itself after a rest', async () => {
    const { store, engines, act } = await open({ convergesAt: 1e6 });
    act().play();
    const end = autoMeasure(store);
    await vi.advanceTimersByTimeAsync(5000);
    expect(engines).toHaveLength(1);
    act().pause();
    await vi.advanceTimersByTimeAsync(1900);
    expect(engines).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(3000);
    expect(engines).toHaveLength(4);
    act().change('cell.width', 64);
    await vi.advanceTimersByTimeAsync(9000);
    expect(engines).toHaveLength(4);
    end();
  });

  it('happens no more by itself where it was cancelled, until it is asked for', async () => {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    });
    const visit = async (): Promise<Awaited<ReturnType<typeof open>>> => {
      const page = await open({ delay: 50 });
      autoMeasure(page.store);
      await vi.advanceTimersByTimeAsync(3000);
      return page;
    };
    const first = await visit();
    expect(first.engines.length).toBeGreaterThan(1);
    first.act().cancelMeasuring();
    const second = await visit();
    expect(second.engines).toHaveLength(1);
    second.act().measureMemory(true);
    expect((await visit()).engines.length).toBeGreaterThan(1);
    vi.unstubAllGlobals();
  });
});

describe('what is measured', () => {
  const set = (path: Parameters<typeof changeSetting>[1], value: unknown) =>
    changeSetting(defaultExperiment, path, value).experiment;

  it('is named by what memory depends on', () => {
    const key = studyKey(defaultExperiment, someDevice);
    expect(studyKey(set('random.seed', 5), someDevice)).toBe(key);
    expect(studyKey(set('memory.limit', 500), someDevice)).toBe(key);
    expect(studyKey(set('solver.tolerance', 1e-5), someDevice)).toBe(key);
    expect(studyKey(set('solver.rank', 5), someDevice)).not.toBe(key);
    const wasm = { ...someDevice, backend: { ...someDevice.backend, name: 'wasm' as const } };
    expect(studyKey(defaultExperiment, wasm)).not.toBe(key);
    const tiles = { ...someDevice, kernels: { wanted: 'tiles', inUse: 'tiles' } as const };
    expect(studyKey(defaultExperiment, tiles)).toBe(key);
    const stock = { ...someDevice, kernels: { wanted: 'stock', inUse: 'stock' } as const };
    expect(studyKey(defaultExperiment, stock)).not.toBe(key);
  });

  it('has the depth that was set, or what the solver used', () => {
    expect(studyDepth({ experiment: defaultExperiment, finished: 23 })).toBe(23);
    expect(studyDepth({ experiment: set('memory.depth', 12), finished: 23 })).toBe(12);
    expect(studyDepth({ experiment: defaultExperiment, finished: null })).toBe(30);
  });

  it('leaves out depths over the limit, but not the one compared', () => {
    const fused = { sizes: recorded['char-transformer'].fused, kernels: 'fused' } as const;
    expect(depthsToMeasure(defaultExperiment, 24, Infinity, true, fused)).toEqual([
      24, 6, 12, 48, 96,
    ]);
    expect(depthsToMeasure(defaultExperiment, 24, Infinity, false, fused)).toEqual([24, 6, 12, 48]);
    expect(depthsToMeasure(defaultExperiment, 24, 1, true, fused)).toEqual([24]);
    // Nobody knows what fits of a problem that was not metered.
    expect(depthsToMeasure(defaultExperiment, 24, Infinity, true, null)).toEqual([24]);
    // By itself the page skips what is next to the compared depth.
    expect(depthsToMeasure(defaultExperiment, 23, Infinity, false, fused)).toEqual([23, 6, 12, 48]);
  });

  it('measures deeper where kernels need less', () => {
    const limit = 1.5e6;
    const depths = (kernels: 'fused' | 'stock'): number[] =>
      depthsToMeasure(defaultExperiment, 24, limit, true, {
        sizes: recorded['char-transformer'][kernels],
        kernels,
      });
    expect(depths('fused').length).toBeGreaterThan(depths('stock').length);
  });

  it('stays under a limit that small devices have lower', () => {
    expect(memoryLimit(defaultExperiment, undefined)).toBe(2048e6);
    expect(memoryLimit(defaultExperiment, 2)).toBe(512e6);
    expect(memoryLimit(set('memory.limit', 1000), 2)).toBe(1000e6);
    expect([0.5, 0.71, 1.01].map((share) => limitVerdict(share * 1e9, 1e9))).toEqual([
      'fits',
      'near',
      'over',
    ]);
  });
});
