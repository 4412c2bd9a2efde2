import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeDrawing } from '../../../src/inputs/drawing.ts';
import { defaultExperiment } from '../../../src/schema/experiment.ts';
import { encodeLink } from '../../../src/schema/link.ts';
import { openAddress as open, settleAddress as settle } from '../../../test/app/openAddress.ts';
import { question } from './askFirst.ts';
import { readLink } from './openLink.ts';
import { wayBack } from './wayBack.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A drawing with one pixel. */
const drawing = encodeDrawing(Float32Array.of(0, 0, 1));
/** What is asked before a link is opened; undefined while nothing is. */
const asked = (): readonly string[] | undefined => question.getState().asked?.losses;
const answer = (open: boolean): void => question.getState().asked?.answer(open);
const noText =
  'The sender’s training text is not in this link: paste a text, or choose another corpus.';

describe('syncAddress', () => {
  it('takes up what happened between the page and its start', async () => {
    const { store, location, history, end, visit, begin } = open();
    end();
    const opened = { hash: '', state: store.getState() };
    store.getState().change('solver.tolerance', 1e-5);
    begin(opened);
    await settle();
    expect(location.hash).toContain('solver.tolerance=0.00001');
    expect(history.pushState).not.toHaveBeenCalled();
    visit('#/train?v=1');
    await settle();
    expect(store.getState().view).toBe('train');
  });

  it('follows an address that came before its start', async () => {
    const { store, location, end, begin } = open();
    end();
    const opened = { hash: '', state: store.getState() };
    location.hash = '#/train?v=1';
    begin(opened);
    await settle();
    expect(store.getState().view).toBe('train');
  });

  it('says that a link can’t be read for want of a part, keeps it, and opens it when asked again', async () => {
    const { store, location, history, visit, reader } = open();
    const link = '#/train?v=1';
    const missing = new Error('Failed to fetch dynamically imported module');
    reader.readLink = () => Promise.reject(missing);
    visit(link);
    await settle();
    expect(reader.unread).toHaveBeenCalledTimes(1);
    expect(store.getState().view).toBe('solve');
    // An edit is a step in the history, so that Back leads to the link.
    store.getState().change('solver.tolerance', 1e-5);
    await settle();
    expect(history.pushState).toHaveBeenCalledTimes(1);
    store.getState().change('solver.tolerance', 1e-6);
    await settle();
    expect(history.pushState).toHaveBeenCalledTimes(1);
    reader.unread.mock.calls[0]?.[0]();
    expect(location.hash).toBe(link);
    visit(link);
    await settle();
    expect(reader.unread).toHaveBeenCalledTimes(2);
    reader.readLink = readLink;
    reader.unread.mock.calls[1]?.[0]();
    await settle();
    expect(store.getState().view).toBe('train');
    expect(location.hash).toBe(link);
  });

  it('writes edits once they settle, in place', async () => {
    const { store, location, history } = open();
    store.getState().change('cell.width', 40);
    store.getState().change('cell.width', 48);
    await settle();
    expect(history.replaceState).toHaveBeenCalledTimes(1);
    expect(history.pushState).not.toHaveBeenCalled();
    expect(location.hash).toContain('cell.width=48');
  });

  it('makes a preset a step in the history', async () => {
    const { store, location, history } = open();
    store.getState().choosePreset('contraction');
    await settle();
    expect(history.pushState).toHaveBeenCalledTimes(1);
    expect(location.hash).toContain('p=contraction');
  });

  it('makes a view that is left a step in the history, even while a solve runs', async () => {
    const { store, location, history } = open(1e6);
    store.getState().startEngine();
    store.getState().reset();
    await settle();
    store.getState().showView('learn');
    await settle();
    store.getState().showView('solve');
    store.getState().runToEnd();
    await vi.advanceTimersByTimeAsync(50);
    expect(store.getState().activity).toBe('running');
    expect(history.pushState).toHaveBeenCalledTimes(2);
    expect(location.hash).toContain('#/solve');
  });

  it('writes nothing while a solve runs', async () => {
    const { store, history } = open(1e6);
    store.getState().startEngine();
    await settle();
    store.getState().play();
    await settle();
    expect(history.replaceState).not.toHaveBeenCalled();
  });

  it('makes a change of view a step in the history, at once', async () => {
    const { store, location, history, visit } = open();
    store.getState().showView('train');
    await vi.advanceTimersByTimeAsync(50);
    expect(history.pushState).toHaveBeenCalledTimes(1);
    expect(location.hash).toMatch(/^#\/train\?/);
    visit('');
    await settle();
    expect(store.getState().view).toBe('solve');
    visit('#/train?v=1&p=contraction');
    await settle();
    expect(store.getState().view).toBe('train');
    expect(store.getState().experiment.preset).toBe('contraction');
    expect(history.pushState).toHaveBeenCalledTimes(1);
    expect(history.replaceState).not.toHaveBeenCalled();
  });

  it('writes a change of view while it trains, and while a solve runs, which it pauses', async () => {
    const { store, location } = open(1e6);
    const { startEngine, play, showView, change, train } = store.getState();
    startEngine();
    await settle();
    play();
    await settle();
    showView('train');
    await settle();
    expect(store.getState().activity).toBe('idle');
    expect(location.hash).toMatch(/^#\/train\?/);
    change('data.source', 'brackets');
    train();
    await settle();
    expect(store.getState().runPhase).toBe('running');
    showView('solve');
    await vi.advanceTimersByTimeAsync(50);
    expect(location.hash).toMatch(/^#\/solve\?/);
    expect(location.hash).toContain('data.source=brackets');
    store.getState().stopTraining();
    await settle();
  });

  it('leaves a run its settings when a link arrives', async () => {
    const { store, visit } = open();
    store.getState().showView('train');
    store.getState().change('data.source', 'brackets');
    store.getState().train();
    await settle();
    visit('#/train?v=1&p=char-transformer&data.source=brackets&cell.width=48');
    await settle();
    expect(store.getState().experiment.cell.width).toBe(32);
    answer(true);
    await settle();
    const { runPhase, run, experiment, restartNeeded } = store.getState();
    expect(runPhase).toBe('running');
    expect(run?.applied.cell.width).toBe(32);
    expect(experiment.cell.width).toBe(48);
    expect(restartNeeded).toEqual(['cell.width']);
    store.getState().stopTraining();
    await settle();
  });

  it('takes the text a link brings', async () => {
    const { store, visit, onAdjusted } = open();
    const data = { ...defaultExperiment.data, source: 'own' } as const;
    const text = 'A sender’s text.';
    visit(await encodeLink({ ...defaultExperiment, data }, { view: 'train', text }));
    // Unpacking is not on the fake clock.
    await vi.waitFor(() => {
      expect(store.getState().corpus.own).toBe(text);
    });
    expect(store.getState().experiment.data.source).toBe('own');
    expect(store.getState().view).toBe('train');
    expect(onAdjusted).not.toHaveBeenCalled();
  });

  it('says what a link’s sender has kept', async () => {
    const { store, visit, onAdjusted } = open();
    visit('#/train?v=1&p=char-transformer&data.source=own&cell.weights=trained');
    await settle();
    expect(store.getState().experiment.cell.weights).toBe('random');
    expect(onAdjusted).toHaveBeenCalledWith([
      'The weights of this link’s sender are not in the link; the weights are random.',
      noText,
    ]);
    store.getState().setTrainingText('Now there is one.');
    onAdjusted.mockClear();
    visit('#/train?v=1&p=char-transformer&data.source=own&cell.width=40');
    await settle();
    expect(onAdjusted).not.toHaveBeenCalled();
  });

  it('reads a pasted link once, though two events tell of it', async () => {
    const { store, visit, onAdjusted, history } = open();
    const opened = vi.spyOn(store.getState(), 'open');
    visit('#/solve?v=1&p=contraction&cell.width=9999');
    visit('#/solve?v=1&p=contraction&cell.width=9999');
    await settle();
    expect(opened).toHaveBeenCalledTimes(1);
    expect(store.getState().experiment.preset).toBe('contraction');
    expect(store.getState().experiment.cell.width).toBe(128);
    expect(onAdjusted).toHaveBeenCalledTimes(1);
    expect(history.replaceState).not.toHaveBeenCalled();
  });

  it('keeps what a link leaves out, until all is shown', async () => {
    const { store, location, visit } = open();
    visit('#/solve?v=1&p=contraction&hide=train,backward.*');
    await settle();
    expect(store.getState().hidden).toEqual(['train', 'backward.*']);
    store.getState().change('random.seed', 5);
    await settle();
    expect(location.hash).toContain('&hide=train,backward.*&random.seed=5');
    store.getState().showAll();
    await settle();
    expect(location.hash).not.toContain('hide');
  });

  it('marks what it writes and what is opened, so that going back asks nothing', async () => {
    const { store, location, history, visit, marked } = open();
    expect(marked()).toBe('deq');
    store.getState().change('problem.family', 'monotone');
    store.getState().change('drawing.pixels', drawing);
    await settle();
    const mine = location.hash;
    expect(mine).toContain('drawing.pixels');
    visit('#/solve?v=1&p=contraction');
    await settle();
    expect(asked()).toEqual(['Your drawing leaves the page.']);
    answer(true);
    await settle();
    expect(marked()).toBe('deq');
    expect(store.getState().experiment.preset).toBe('contraction');
    for (const [hash, preset] of [
      [mine, 'monotone-digit'],
      ['#/solve?v=1&p=contraction', 'contraction'],
    ] as const) {
      visit(hash, 'deq');
      await settle();
      expect(asked()).toBeUndefined();
      expect(store.getState().experiment.preset).toBe(preset);
    }
    expect(history.replaceState).not.toHaveBeenCalledWith(expect.stringContaining('contraction'));
  });

  it('stays where it is told to, address and all', async () => {
    const { store, location, visit, marked } = open();
    store.getState().change('problem.family', 'monotone');
    store.getState().change('drawing.pixels', drawing);
    await settle();
    const { experiment } = store.getState();
    const mine = location.hash;
    visit('#/train?v=1&p=contraction');
    await settle();
    expect(store.getState().layer).toBe('link');
    answer(false);
    await settle();
    expect(store.getState()).toMatchObject({ experiment, view: 'solve', layer: null });
    expect([location.hash, marked()]).toEqual([mine, 'deq']);
    // The same link asks again.
    visit('#/train?v=1&p=contraction');
    await settle();
    expect(asked()).toHaveLength(1);
    answer(false);
    await settle();
  });

  it('asks of a link that has the drawing, or of work that is kept, nothing', async () => {
    const { store, location, visit } = open();
    store.getState().change('problem.family', 'monotone');
    store.getState().change('drawing.pixels', drawing);
    await settle();
    visit(`${location.hash}&random.seed=5`);
    await settle();
    expect(asked()).toBeUndefined();
    expect(store.getState().experiment.random.seed).toBe(5);
  });

  it('asks before a text gives way to another, and the way back brings it', async () => {
    const { store, visit } = open();
    const mine = 'My own text, that I wrote myself.';
    store.getState().setTrainingText(mine);
    await settle();
    const before = store.getState();
    const goBack = wayBack(store);
    const data = { ...defaultExperiment.data, source: 'own' } as const;
    const text = 'A sender’s text.';
    const link = await encodeLink({ ...defaultExperiment, data }, { view: 'train', text });
    visit(link);
    await vi.waitFor(async () => {
      await settle();
      expect(asked()?.[0]).toMatch(/^The link brings a training text: yours, 33 characters/);
    });
    answer(true);
    await vi.waitFor(async () => {
      await settle();
      expect(store.getState().corpus.own).toBe(text);
    });
    expect(store.getState().corpus.aside).toEqual([mine]);
    goBack();
    await settle();
    expect(store.getState().corpus.own).toBe(mine);
    expect(store.getState().experiment).toEqual(before.experiment);
    expect(store.getState().view).toBe('solve');
  });

  it('follows the newest address while it asks', async () => {
    const { store, visit } = open();
    store.getState().change('problem.family', 'monotone');
    store.getState().change('drawing.pixels', drawing);
    await settle();
    visit('#/solve?v=1&p=contraction');
    await settle();
    visit('#/solve?v=1&p=picard-diverges');
    await settle();
    answer(true);
    await settle();
    expect(store.getState().experiment.preset).toBe('picard-diverges');
    expect(asked()).toBeUndefined();
  });

  it('lets go of the browser at the end', () => {
    const { end, listeners } = open();
    end();
    expect(listeners.size).toBe(0);
  });
});
