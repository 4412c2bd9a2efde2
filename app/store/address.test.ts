import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultExperiment } from '../../src/config/experiment.ts';
import { syncAddress, type AddressBar } from './address.ts';
import { fakeEngines } from './fakeEngine.ts';
import { createAppStore } from './store.ts';

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

  it('writes nothing while a solve runs', async () => {
    const { store, history } = open(1e6);
    store.getState().startEngine();
    await settle();
    store.getState().play();
    await settle();
    expect(history.replaceState).not.toHaveBeenCalled();
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

  it('lets go of the browser at the end', () => {
    const { end, listeners } = open();
    end();
    expect(listeners.size).toBe(0);
  });
});
