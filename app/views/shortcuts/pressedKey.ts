import type { AppStore } from '../../store/store.ts';
import { commandOf, type Surroundings } from './commandOf.ts';
import { controlOf, typeAhead, usesKey, type TypedAhead } from './ownKeys.ts';
import { singleKeysOn } from './singleKeys.ts';

const WITHOUT_TEXT = ['range', 'checkbox', 'radio', 'button', 'file', 'color', 'submit', 'reset'];

function isTyping(target: Element | null): boolean {
  if (target instanceof HTMLInputElement) return !WITHOUT_TEXT.includes(target.type);
  return Boolean(target?.closest('textarea, [contenteditable=""], [contenteditable="true"]'));
}

/** What the focused select was told by letters. */
let typed: TypedAhead | null = null;

function isUsed(target: Element | null, event: KeyboardEvent): boolean {
  if (!target) return false;
  const control = controlOf(target);
  typed = control.options ? typeAhead(control.options, event.key, event.timeStamp, typed) : null;
  return typed !== null || usesKey(control, event.key);
}

function surroundingsOf(event: KeyboardEvent): Surroundings {
  const target = event.target instanceof Element ? event.target : null;
  return {
    typing: isTyping(target),
    used: isUsed(target, event),
    covered: document.querySelector('dialog[open]') !== null,
    repeat: event.repeat,
    singleKeys: singleKeysOn(),
  };
}

/** Does what a pressed key that nothing else has used asks of the page, where it asks anything. */
export function pressedKey(event: KeyboardEvent, store: AppStore): void {
  const command = commandOf(event, surroundingsOf(event), store.getState());
  if (!command) return;
  event.preventDefault();
  // A held key must not queue up steps faster than they are computed.
  if (event.repeat && store.getState().activity !== 'idle') return;
  command.run(store.getState());
}
