import { useEffect } from 'react';
import { isFinal, phaseOf } from '../store/phase.ts';
import type { AppState } from '../store/state.ts';
import type { AppStore } from '../store/store.ts';

/** Elements that have a use of their own for a key; a chart moves its tooltip with the arrows. */
const BUSY =
  'input, select, textarea, [contenteditable], [role="application"], [role="grid"], [role="listbox"], dialog';

type Action = (() => void) | null;

/** What a key pressed on `target` does, or null. */
function actionOf(event: KeyboardEvent, state: AppState): Action {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return null;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(BUSY) || document.querySelector('dialog[open]')) return null;
  // A focused button or summary is pressed by Space; doing both would cancel out.
  if (event.key === ' ' && (target?.closest('button, summary, a') || event.repeat)) return null;
  // Among tabs the arrows go from one to the next.
  if (event.key === 'ArrowRight' && target?.closest('[role="tab"]')) return null;
  if (event.key === '1' || event.key === '2')
    return () => {
      state.showView(event.key === '1' ? 'solve' : 'train');
    };
  return state.view === 'train' ? trainAction(event, state) : solveAction(event, state);
}

function solveAction(event: KeyboardEvent, state: AppState): Action {
  const phase = phaseOf(state);
  if (phase === 'failed') return null;
  const over = isFinal(phase);
  switch (event.key) {
    case ' ':
      return state.activity === 'running' ? state.pause : state.play;
    case 'ArrowRight':
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

function trainAction(event: KeyboardEvent, { runPhase, ...state }: AppState): Action {
  const idle = runPhase === 'idle' || runPhase === 'paused';
  switch (event.key) {
    case ' ':
      if (runPhase === 'running') return state.pauseTraining;
      return idle ? state.train : null;
    case 'ArrowRight':
      return idle && !event.repeat ? state.stepTraining : null;
    default:
      return null;
  }
}

/** Drives the page from the keyboard, wherever the focus is: the views, and the shown one's transport. */
export function useShortcuts(store: AppStore): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const action = actionOf(event, store.getState());
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
