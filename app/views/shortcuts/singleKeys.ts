import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { readStored, writeStored } from '../../stored.ts';

const KEY = 'deq-single-keys';

const keys = createStore<{ readonly on: boolean }>()(() => ({
  on: readStored(KEY) !== 'off',
}));

/**
 * Whether keys that write a character do something by themselves. People who dictate, or whose
 * hands shake, can switch them off (WCAG 2.1.4); those with Ctrl or Cmd stay.
 */
export const singleKeysOn = (): boolean => keys.getState().on;

/** The same for the page. */
export const useSingleKeys = (): boolean => useStore(keys).on;

/** Switches them on or off, for later visits too where the browser allows to keep it. */
export function setSingleKeys(on: boolean): void {
  keys.setState({ on });
  writeStored(KEY, on ? 'on' : 'off');
}
