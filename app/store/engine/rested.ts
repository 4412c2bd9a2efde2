import type { Watch } from '../state.ts';

/** Resolves as soon as nothing is asked of the main engine, or at once when aborted. */
export const rested = ({ get, subscribe }: Watch, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (get().activity !== 'idle' && !signal?.aborted) return;
      unsubscribe();
      signal?.removeEventListener('abort', look);
      resolve();
    };
    const unsubscribe = subscribe(({ activity }) => activity, look);
    signal?.addEventListener('abort', look);
    look();
  });
