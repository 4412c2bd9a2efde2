import { shallow } from 'zustand/shallow';
import type { AppStore } from '../store.ts';
import { isBehind } from './shown.ts';

/** A slider sends dozens of values: the solve begins again with the last of them. */
const SETTLE_MILLISECONDS = 200;

/**
 * Begins the solve again whenever the set-up in the rail is another one than that on screen, for as long as the
 * returned function isn't called. Once for each set-up: one that the engine refuses is the visitor's to mend.
 */
export function keepUp(store: AppStore): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked: unknown = null;
  const unsubscribe = store.subscribe(
    (state) => ({
      experiment: state.experiment,
      behind: isBehind(state) && state.activity === 'idle' && state.engine !== 'stopped',
    }),
    ({ experiment, behind }) => {
      if (!behind || asked === experiment) return;
      asked = experiment;
      clearTimeout(timer);
      timer = setTimeout(() => {
        store.getState().reset();
      }, SETTLE_MILLISECONDS);
    },
    { equalityFn: shallow, fireImmediately: true },
  );
  return () => {
    clearTimeout(timer);
    unsubscribe();
  };
}
