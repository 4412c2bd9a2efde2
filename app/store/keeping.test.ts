import { describe, expect, it, vi } from 'vitest';
import { defaultExperiment } from '../../src/schema/experiment.ts';
import { catchDrops, type DropTarget } from './page/dropped.ts';
import { flushAll } from './page/leaving.ts';
import { followLink } from './link/openLink.ts';
import { sharesOwnWeights } from './config/weights.ts';
import { onFreshShelf, openTrain, wait } from '../../test/app/openTrain.ts';

onFreshShelf();

const data = { ...defaultExperiment.data, source: 'own' } as const;

describe('the visitor’s own text', () => {
  it('is set aside for a link’s, and comes back, after a reload too', async () => {
    const first = openTrain();
    first.act().setTrainingText('mine, all mine');
    await wait(1000);
    const page = openTrain();
    const said = vi.fn();
    const link = {
      experiment: { ...defaultExperiment, data },
      adjustments: [],
      text: 'a sender’s',
    };
    // At once, before the kept text has been read.
    const followed = followLink(page.store, link, said);
    await wait(1000);
    await followed;
    expect(page.act().corpus.own).toBe('a sender’s');
    expect(page.act().corpus.aside).toEqual(['mine, all mine']);
    expect(said).toHaveBeenCalledWith([expect.stringContaining('Your own is set aside')]);
    const second = followLink(page.store, { ...link, text: 'another sender’s' }, said);
    await wait(1000);
    await second;
    const again = openTrain();
    await wait(100);
    expect(again.act().corpus.own).toBe('another sender’s');
    again.act().bringBackText();
    again.act().bringBackText();
    expect(again.act().corpus.aside).toContain('mine, all mine');
    await wait(1000);
  });

  it('makes way for a dropped file in the same manner', async () => {
    const { act } = openTrain();
    act().setTrainingText('typed by hand');
    await act().openTrainingFile(new File(['from a file'], 'a.txt'));
    expect(act().corpus.own).toBe('from a file');
    act().bringBackText();
    expect(act().corpus.own).toBe('typed by hand');
    expect(act().corpus.aside).toEqual(['from a file']);
    await wait(1000);
  });

  it('of one tab is not lost to another tab’s', async () => {
    const [one, other] = [openTrain(), openTrain()];
    await wait(100);
    one.act().setTrainingText('text of the first tab');
    await wait(1000);
    other.act().setTrainingText('text of the second tab');
    await wait(1000);
    expect(other.act().corpus.aside).toEqual(['text of the first tab']);
    const later = openTrain();
    await wait(100);
    expect(later.act().corpus.own).toBe('text of the second tab');
    expect(later.act().corpus.aside).toEqual(['text of the first tab']);
  });

  it('is kept when the page goes at once, whether or not the database gets to it', async () => {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    });
    const { act } = openTrain();
    await wait(100);
    act().setTrainingText('the last word');
    flushAll();
    expect([...kept.values()]).toContain('the last word');
    const after = openTrain();
    await wait(100);
    expect(after.act().corpus.own).toBe('the last word');
    expect(kept.size).toBe(0);
    vi.unstubAllGlobals();
    await wait(1000);
  });
});

describe('a file dropped beside the card', () => {
  const drop = (file: File, defaultPrevented = false) => {
    const event = {
      defaultPrevented,
      dataTransfer: { types: ['Files'], files: [file] },
      preventDefault: vi.fn(),
    };
    const listeners = new Map<string, (given: typeof event) => void>();
    const page = {
      addEventListener: (type: string, listener: (given: typeof event) => void) =>
        void listeners.set(type, listener),
    };
    return { event, page: page as unknown as DropTarget, listeners };
  };

  it('is opened, and never takes the page away', async () => {
    const { act, store } = openTrain();
    act().showView('learn');
    const { event, page, listeners } = drop(new File(['dropped anywhere'], 'a.txt'));
    catchDrops(page, store);
    listeners.get('dragover')?.(event);
    listeners.get('drop')?.(event);
    expect(event.preventDefault).toHaveBeenCalledTimes(2);
    await vi.waitFor(() => {
      expect(act().corpus.own).toBe('dropped anywhere');
    });
    expect(act().view).toBe('train');
    await wait(1000);
  });
});

describe('another problem', () => {
  it('has its own pins and begins with the forward solve; the others come back with theirs', async () => {
    const { act, store } = openTrain();
    act().showView('solve');
    await wait(2000);
    act().pin();
    expect(act().pins).toHaveLength(1);
    act().change('solver.method', 'anderson');
    await wait(2000);
    expect(act().pins).toHaveLength(1);
    store.setState({ pass: 'backward' });
    act().choosePreset('contraction');
    expect(act().pins).toEqual([]);
    expect(act().pass).toBe('forward');
    await wait(2000);
    act().undo();
    expect(act().pins).toHaveLength(1);
    await wait(2000);
  });
});

it('weights that no link holds are known to be such', async () => {
  const { act } = openTrain();
  expect(sharesOwnWeights(act())).toBe(false);
  act().setTrainingText('To be, or not to be. '.repeat(20));
  act().train();
  await wait(200);
  expect(sharesOwnWeights(act())).toBe(true);
  act().stopTraining();
  await wait(500);
  const cell = { ...defaultExperiment.cell, weights: 'trained' } as const;
  const solve = { ...act(), view: 'solve' } as const;
  expect(sharesOwnWeights({ ...solve, experiment: { ...defaultExperiment, cell } })).toBe(true);
});
