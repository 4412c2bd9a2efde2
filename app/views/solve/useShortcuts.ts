import { useEffect } from 'react';
import { isFinal, phaseOf } from '../../store/phase.ts';
import type { AppStore } from '../../store/store.ts';

/** Elements that have a use of their own for a key; a chart moves its tooltip with the arrows. */
const BUSY = 'input, select, textarea, [contenteditable], [role="application"], dialog';

/** What a key pressed on `target` does, or null. */
function actionOf(event: KeyboardEvent, store: AppStore): (() => void) | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return null;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(BUSY) || document.querySelector('dialog[open]')) return null;
  const state = store.getState();
  const phase = phaseOf(state);
  if (phase === 'failed') return null;
  const over = isFinal(phase);
  switch (event.key) {
    case ' ':
      // A focused button or summary is pressed by Space; doing both would cancel out.
      if (target?.closest('button, summary, a') || event.repeat) return null;
      return state.activity === 'running' ? state.pause : state.play;
    case 'ArrowRight':
      // Among tabs the arrows go from one to the next.
      if (target?.closest('[role="tab"]')) return null;
      // A held key must not queue up steps faster than they are computed.
      return over || (event.repeat && state.activity !== 'idle') ? null : state.step;
    case 'End':
      return over || event.repeat ? null : state.runToEnd;
    case 'r':
    case 'R':
      return event.repeat ? null : state.reset;
    default:
      return null;
  }
}

/** Drives the transport from the keyboard, wherever the focus is. */
export function useShortcuts(store: AppStore): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const action = actionOf(event, store);
      if (!action) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', onKeyDown);
    return () => {
      removeEventListener('keydown', onKeyDown);
    };
  }, [store]);
}
