import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  changeSetting,
  defaultExperiment,
  presetExperiment,
  settingAt,
} from '../../../src/schema/experiment.ts';
import { onFakeClock, openStarted, openStore, settle } from '../../../test/app/openStore.ts';
import { fakeEngines } from '../../../test/app/fakeEngine.ts';
import {
  backendFor,
  chosenBackend,
  faster,
  storedBackend,
  storedTimings,
  withTiming,
  workKey,
} from './backends.ts';
import { dueWork, timeBackends } from './timeBackends.ts';
// On a fake clock it has to be there when it is asked for.
import './timeBoth.ts';

const kept = new Map<string, string>();
beforeEach(() => {
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});
onFakeClock();

const changed = (path: Parameters<typeof changeSetting>[1], value: unknown) =>
  changeSetting(defaultExperiment, path, value).experiment;
const key = workKey(defaultExperiment, 'solve');

describe('work', () => {
  it.each([
    ['solver.tolerance', 1e-3],
    ['random.seed', 7],
    ['solver.maxIterations', 33],
  ] as const)('is the same with another %s', (path, value) => {
    expect(workKey(changed(path, value), 'solve')).toBe(key);
  });

  it.each([
    ['cell.width', 48],
    ['solver.method', 'picard'],
    ['input.text', 'A longer text than the one that is there to begin with, by far.'],
  ] as const)('is another with another %s', (path, value) => {
    const other = changed(path, value);
    expect(other).not.toBe(defaultExperiment);
    expect(workKey(other, 'solve')).not.toBe(key);
  });

  it('is the same with another drawing, and with another picture of that size', () => {
    const drawn = presetExperiment('monotone-digit');
    const blank = changeSetting(drawn, 'drawing.pixels', '').experiment;
    const dot = changeSetting(drawn, 'drawing.pixels', 'AAD_').experiment;
    expect(settingAt(dot, 'drawing.pixels')).toBe('AAD_');
    expect(new Set([drawn, blank, dot].map((one) => workKey(one, 'solve'))).size).toBe(1);
    const picture = presetExperiment('picture-waves');
    const other = changeSetting(picture, 'scene.picture', 'flower').experiment;
    const small = changeSetting(picture, 'scene.picture', 'flower.32').experiment;
    expect(workKey(other, 'solve')).toBe(workKey(picture, 'solve'));
    expect(workKey(small, 'solve')).not.toBe(workKey(picture, 'solve'));
  });

  it('of training knows what a step is made of', () => {
    const train = workKey(defaultExperiment, 'train');
    expect(train).not.toBe(key);
    expect(workKey(changed('train.batch', 3), 'train')).not.toBe(train);
    expect(workKey(changed('train.batch', 3), 'solve')).toBe(key);
  });
});

describe('timings', () => {
  it('say which is the faster', () => {
    expect(faster({ webgpu: 2, wasm: 1.95 })).toBe('wasm');
    expect(faster({ webgpu: 2, wasm: 9 })).toBe('webgpu');
  });

  it('are kept for the next visit, each once, the oldest going, and none of another GPU', () => {
    let timings = storedTimings();
    expect(timings.byWork).toEqual({});
    for (let k = 0; k < 70; k++)
      timings = withTiming(timings, 'acme', `work ${String(k)}`, { webgpu: 1, wasm: k + 1 });
    timings = withTiming(timings, 'acme', 'work 30', { webgpu: 5, wasm: 5 });
    expect(storedTimings()).toEqual(timings);
    expect(Object.keys(timings.byWork)).toHaveLength(60);
    expect(timings.byWork['work 30']).toEqual({ webgpu: 5, wasm: 5 });
    expect(timings.byWork['work 3']).toBeUndefined();
    timings = withTiming(timings, 'other', 'work', { webgpu: 1, wasm: 2 });
    expect(timings).toEqual({ adapter: 'other', byWork: { work: { webgpu: 1, wasm: 2 } } });
  });

  it.each(['', 'null', '[]', '{"adapter":1}', '{"adapter":"a","byWork":{"x":{"wasm":"1"}}}'])(
    'are none where storage holds %s',
    (text) => {
      kept.set('deq-timings', text);
      expect(storedTimings().byWork).toEqual({});
    },
  );

  it('leave the choice to the visitor who made one', () => {
    const timings = { adapter: 'acme', byWork: { [key]: { webgpu: 2, wasm: 1 } } };
    const auto = { solveBackend: 'auto', trainBackend: 'auto', timings } as const;
    expect(chosenBackend(auto, defaultExperiment, 'solve')).toBe('wasm');
    expect(backendFor(auto, defaultExperiment, 'solve')).toEqual(['wasm', 'webgpu', 'cpu']);
    expect(backendFor(auto, defaultExperiment, 'train')).toBe('auto');
    const asked = { ...auto, solveBackend: 'webgpu' } as const;
    expect(chosenBackend(asked, defaultExperiment, 'solve')).toBeUndefined();
    expect(backendFor(asked, defaultExperiment, 'solve')).toBe('webgpu');
  });
});

describe('timing both backends', () => {
  /** A page at rest, and the engines of a trial, which says what each backend takes. */
  const open = async () => {
    const page = await openStarted();
    const trial = fakeEngines({});
    const stop = timeBackends(page.store, trial.startEngine);
    return { ...page, trial, stop };
  };

  it('begins at rest, once for each work, and is given up when the visitor does something', async () => {
    const { act, calls, iterations, trial, stop } = await open();
    expect(dueWork(act())).toMatchObject({ work: 'solve' });
    await vi.advanceTimersByTimeAsync(2000);
    act().step();
    await vi.advanceTimersByTimeAsync(400);
    expect(trial.engines).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(2600);
    const made = iterations();
    await vi.advanceTimersByTimeAsync(1000);
    await settle();
    // The backend that is there is timed where it is, beside its solve.
    const turns = (given: readonly string[] = []) =>
      given.filter((call) => call === 'timeIterations').length;
    const [rival] = trial.engines;
    expect(rival?.calls.slice(0, 3)).toEqual(['boot wasm', 'configure', 'timeIterations']);
    expect(turns(rival?.calls)).toBeGreaterThan(1);
    // Once before, by when nothing else is measured on it.
    expect(turns(calls())).toBe(turns(rival?.calls) + 1);
    expect(iterations()).toEqual(made);
    expect(trial.engines.every(({ disposed }) => disposed())).toBe(true);
    const timing = Object.values(act().timings.byWork);
    expect(timing).toHaveLength(1);
    expect(dueWork(act())).toBeNull();
    act().reset();
    await vi.advanceTimersByTimeAsync(9000);
    expect(trial.engines).toHaveLength(1);
    stop();
  });

  it('ends with the engine that it has begun when settings change', async () => {
    const { act, trial, stop } = await open();
    await vi.advanceTimersByTimeAsync(2505);
    expect(trial.engines).toHaveLength(1);
    act().change('solver.method', 'picard');
    expect(trial.engines[0]?.disposed()).toBe(true);
    await settle();
    expect(Object.keys(act().timings.byWork)).not.toContain(key);
    stop();
  });

  it('is not done where the visitor has chosen, or has the page measure nothing', async () => {
    const { act, trial, stop } = await open();
    act().setSolveBackend('wasm');
    await settle();
    expect(dueWork(act())).toBeNull();
    act().setSolveBackend('auto');
    kept.set('deq-measure', 'off');
    await vi.advanceTimersByTimeAsync(9000);
    expect(trial.engines).toHaveLength(0);
    stop();
  });
});

describe('the Solve view', () => {
  it('goes over to the faster backend with the next solve, and loses none', async () => {
    const { store, act, calls, iterations } = await openStarted();
    act().runToEnd();
    await settle();
    const made = iterations();
    const timings = { adapter: '', byWork: { [key]: { webgpu: 2, wasm: 1 } } };
    store.setState({ timings });
    act().step();
    await settle();
    expect(calls()?.filter((call) => call.startsWith('boot'))).toEqual(['boot auto']);
    expect(iterations()).toEqual(made);
    act().reset();
    await settle();
    act().step(2);
    await settle();
    expect(calls()?.filter((call) => call.startsWith('boot'))).toEqual([
      'boot auto',
      'boot wasm,webgpu,cpu',
    ]);
    expect(act().device?.backend.name).toBe('wasm');
    expect(iterations()).toEqual([0, 1, 2]);
    // Of a work that nobody has timed the engine stays where it is.
    act().change('solver.method', 'picard');
    await settle();
    expect(act().device?.backend.name).toBe('wasm');
  });

  it('starts on what was asked for or found in an earlier visit', async () => {
    kept.set('deq-backend', 'wasm');
    expect(storedBackend()).toBe('wasm');
    const asked = openStore({});
    asked.act().startEngine();
    await settle();
    expect(asked.calls()?.[0]).toBe('boot wasm');
    asked.act().setSolveBackend('auto');
    await settle();
    expect(kept.has('deq-backend')).toBe(false);
    expect(asked.calls()?.[0]).toBe('boot auto');
  });
});
