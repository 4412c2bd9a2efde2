import { useLayoutEffect } from 'react';
import type { AppStore } from '../../store/store.ts';
import { commandOf, type Surroundings } from './commandOf.ts';
import { singleKeysOn } from './singleKeys.ts';

const WITHOUT_TEXT = ['range', 'checkbox', 'radio', 'button', 'file', 'color', 'submit', 'reset'];

/** Elements that have a use of their own for a key; a chart moves its tooltip with the arrows. */
const BUSY =
  'input, select, [role="application"], [role="grid"], [role="listbox"], [role="slider"], [role="tab"]';

function isTyping(target: Element | null): boolean {
  if (target instanceof HTMLInputElement) return !WITHOUT_TEXT.includes(target.type);
  return Boolean(target?.closest('textarea, [contenteditable=""], [contenteditable="true"]'));
}

function surroundingsOf(event: KeyboardEvent): Surroundings {
  const target = event.target instanceof Element ? event.target : null;
  return {
    typing: isTyping(target),
    busy: Boolean(target?.closest(BUSY)),
    pressable: Boolean(target?.closest('button, summary, a')),
    covered: document.querySelector('dialog[open]') !== null,
    repeat: event.repeat,
    singleKeys: singleKeysOn(),
  };
}

/** Drives the page from the keyboard, wherever the focus is. */
export function useShortcuts(store: AppStore): void {
  // Before the first paint: whoever sees the page can press its keys.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const command = commandOf(event, surroundingsOf(event), store.getState());
      if (!command) return;
      event.preventDefault();
      // A held key must not queue up steps faster than they are computed.
      if (event.repeat && store.getState().activity !== 'idle') return;
      command.run(store.getState());
    };
    addEventListener('keydown', onKeyDown);
    return () => {
      removeEventListener('keydown', onKeyDown);
    };
  }, [store]);
}
