import { useState, useSyncExternalStore } from 'react';
import { REDRAW_MILLISECONDS } from '../ui/useThrottled.ts';
import { useAppStore } from './context.ts';
import type { AppState } from './state.ts';
import type { AppStore } from './store.ts';

/** A piece of the state, and word of it at most once every so often. */
export interface AtMost<T> {
  readonly get: () => T;
  readonly subscribe: (tell: () => void) => () => void;
}

/** The piece that `select` takes of the state: a change after a pause is told at once, others when the pause is over. */
export function atMost<T>(
  store: Pick<AppStore, 'getState' | 'subscribe'>,
  select: (state: AppState) => T,
  milliseconds = REDRAW_MILLISECONDS,
): AtMost<T> {
  let shown = select(store.getState());
  let changed = -Infinity;
  return {
    get: () => shown,
    subscribe: (tell) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const show = (): void => {
        timer = undefined;
        const newest = select(store.getState());
        if (Object.is(newest, shown)) return;
        shown = newest;
        changed = performance.now();
        tell();
      };
      const look = (): void => {
        if (timer !== undefined || Object.is(select(store.getState()), shown)) return;
        const wait = changed + milliseconds - performance.now();
        if (wait > 0) timer = setTimeout(show, wait);
        else show();
      };
      const stop = store.subscribe(look);
      look();
      return () => {
        stop();
        clearTimeout(timer);
      };
    },
  };
}

/**
 * A piece of the state; the component is drawn again at most ten times a second, and at once where nothing has changed
 * for so long: together with all else that changes then, which a pen's drawing waits for.
 */
export function useAppAtMost<T>(select: (state: AppState) => T): T {
  const store = useAppStore();
  const [piece] = useState(() => atMost(store, select));
  return useSyncExternalStore(piece.subscribe, piece.get);
}
