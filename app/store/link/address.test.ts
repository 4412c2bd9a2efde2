import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultExperiment } from '../../../src/schema/experiment.ts';
import { encodeLink } from '../../../src/schema/link.ts';
import { syncAddress, type AddressBar } from './address.ts';
import { fakeEngines } from '../../../test/app/fakeEngine.ts';
import { createAppStore } from '../store.ts';
import { createTraining } from '../train/trainSlice.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const open = (convergesAt = 4) => {
  const { startEngine } = fakeEngines({ convergesAt });
  const store = createAppStore({
    startEngine,
    experiment: defaultExperiment,
    createTraining,
    now: () => Date.now(),
    frame: (callback) => setTimeout(callback, 16),
  });
  const listeners = new Set<() => void>();
  const location = { hash: '' };
  const writer = () =>
    vi.fn((_data: unknown, _unused: string, url?: string | URL | null) => {
      location.hash = String(url);
    });
  const history = { pushState: writer(), replaceState: writer() };
  const bar: AddressBar = {
    location,
    history,
    addEventListener: (_, listener) => void listeners.add(listener),
    removeEventListener: (_, listener) => void listeners.delete(listener),
  };
  const onAdjusted = vi.fn();
  const end = syncAddress(store, bar, onAdjusted);
  const visit = (hash: string): void => {
    location.hash = hash;
    for (const listener of listeners) listener();
  };
  return { store, location, history, onAdjusted, end, visit, listeners };
};
const settle = () => vi.advanceTimersByTimeAsync(3000);
const noText =
  'The sender’s training text is not in this link: paste a text, or choose another corpus.';

describe('syncAddress', () => {
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

  it('lets go of the browser at the end', () => {
    const { end, listeners } = open();
    end();
    expect(listeners.size).toBe(0);
  });
});
