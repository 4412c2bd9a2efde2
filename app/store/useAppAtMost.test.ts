import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openStore } from '../../test/app/openStore.ts';
import { atMost } from './useAppAtMost.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('tells of a change after a pause at once, of others when the pause is over, and of the last one always', () => {
  const { store } = openStore();
  const piece = atMost(store, ({ finished }) => finished, 100);
  const told: unknown[] = [];
  const stop = piece.subscribe(() => told.push(piece.get()));
  vi.advanceTimersByTime(1000);
  store.setState({ finished: 1 });
  expect(told).toEqual([1]);
  store.setState({ finished: 2 });
  vi.advanceTimersByTime(60);
  store.setState({ finished: 3 });
  expect([told, piece.get()]).toEqual([[1], 1]);
  vi.advanceTimersByTime(40);
  expect(told).toEqual([1, 3]);
  store.setState({ activity: 'running' });
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([1, 3]);
  store.setState({ finished: 4 });
  stop();
  store.setState({ finished: 5 });
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([1, 3, 4]);
});
