import { describe, expect, it, vi } from 'vitest';
import { defaultExperiment } from '../../../src/schema/experiment.ts';
import { views } from '../../../src/schema/views.ts';
import { someTrainRecord } from '../../../test/app/fakeTraining.ts';
import { onFreshShelf, openTrain, wait } from '../../../test/app/openTrain.ts';
import { paceOf, secondsLeft } from './pace.ts';
import { resumableOf, superfluous, withBest } from './checkpoints/shelf.ts';
import { TrainSeries } from './series.ts';
import { followTitle, titleText } from './trainText.ts';
import { stayAwake } from './wakeLock.ts';

onFreshShelf();

const entry = (step: number, change: object = {}) => ({
  ...{ id: `a/${String(step)}`, runId: 'a', step, steps: 100, validation: null },
  ...{ bytes: 10, savedAt: step, experiment: defaultExperiment },
  ...change,
});

describe('the checkpoints worth keeping', () => {
  it('are the newest three and the best', () => {
    const losses = [3, 1, 2, 4, 5, 6];
    const entries = losses.map((validation, at) => entry(at + 1, { validation }));
    expect(superfluous(entries).map(({ step }) => step)).toEqual([3, 1]);
    expect(withBest(entries).filter(({ best }) => best)).toHaveLength(1);
    expect(withBest(entries).at(-2)).toMatchObject({ step: 2, best: true });
  });

  it('offer the newest run that was not finished', () => {
    const entries = withBest([
      entry(50),
      entry(100, { id: 'b/100', runId: 'b' }),
      entry(20, { id: 'c/20', runId: 'c', savedAt: 10 }),
      entry(90, { id: 'b/90', runId: 'b' }),
    ]);
    expect(resumableOf(entries, [])?.id).toBe('a/50');
    expect(resumableOf(entries, ['a'])?.id).toBe('c/20');
    expect(resumableOf(entries, ['a', 'c'])).toBeNull();
  });
});

describe('the pace', () => {
  it('is the median step, both networks of a twin run together', () => {
    const series = new TrainSeries();
    for (let step = 1; step <= 12; step++) {
      // The first steps compile, and one in between was held up.
      const milliseconds = step <= 3 ? 900 : step === 8 ? 500 : 30;
      series.push([
        someTrainRecord(step, { milliseconds }),
        someTrainRecord(step, { network: 'twin', milliseconds: 10 }),
      ]);
    }
    expect(paceOf(series, 0)).toEqual({ examplesPerSecond: 3200, millisecondsPerStep: 40 });
    expect(paceOf(series, 9)).toBeNull();
    const pace = paceOf(series, 0);
    expect(secondsLeft(pace, { step: 12, steps: 112, since: 0 })).toBe(4);
    expect(secondsLeft(pace, { step: 12, steps: 112, since: 5 })).toBeNull();
  });
});

describe('the title', () => {
  it('says how the run stands', async () => {
    const { store, act, prepare } = openTrain();
    const page = { title: '' };
    const end = followTitle(store, page);
    expect(page.title).toBe('Train · DEQ Playground');
    prepare(50);
    act().train();
    expect(page.title).toBe('… Train · DEQ Playground');
    await wait(300);
    expect(page.title).toMatch(/^▶ \d+ % · \d\.\d\d · Train · DEQ Playground$/);
    act().pauseTraining();
    await wait(100);
    expect(page.title).toMatch(/^⏸ \d+ % · /);
    act().train();
    await wait(1000);
    expect(page.title).toBe('✓ 100 % · 2.00 · Train · DEQ Playground');
    expect(titleText({ run: null, runPhase: 'failed', view: 'solve' })).toBe(
      '✕ Solve · DEQ Playground',
    );
    const titles = views.map((view) => titleText({ run: null, runPhase: 'idle', view }));
    expect(new Set(titles).size).toBe(views.length);
    end();
  });
});

describe('the wake lock', () => {
  it('is held while it trains in sight, and asked for again on return', async () => {
    const { store, act, prepare } = openTrain();
    const release = vi.fn(() => Promise.resolve());
    const request = vi.fn(() => Promise.resolve({ release } as unknown as WakeLockSentinel));
    const listeners = new Set<() => void>();
    const document = {
      visibilityState: 'visible' as DocumentVisibilityState,
      addEventListener: (_: string, listener: () => void) => void listeners.add(listener),
      removeEventListener: (_: string, listener: () => void) => void listeners.delete(listener),
    };
    const see = (state: DocumentVisibilityState): void => {
      document.visibilityState = state;
      for (const listener of listeners) listener();
    };
    const end = stayAwake(store, { navigator: { wakeLock: { request } }, document });
    prepare();
    act().train();
    await wait(300);
    expect(request).toHaveBeenCalledTimes(1);
    see('hidden');
    see('visible');
    await wait(10);
    expect(request).toHaveBeenCalledTimes(2);
    expect(release).toHaveBeenCalledTimes(1);
    await wait(2000);
    expect(release).toHaveBeenCalledTimes(2);
    end();
    expect(listeners.size).toBe(0);
  });
});
