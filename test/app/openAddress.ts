import { vi } from 'vitest';
import { syncAddress, type AddressBar } from '../../app/store/link/address.ts';
import { readLink } from '../../app/store/link/openLink.ts';
import { openStore } from './openStore.ts';

/** A store and the address of its page, kept the same. For tests; wants fake timers. */
export const openAddress = (convergesAt = 4) => {
  const { store } = openStore({ convergesAt });
  const listeners = new Set<() => void>();
  const location = { hash: '' };
  /** Calls that change the address; others only mark the entry. */
  const writer = (): ReturnType<typeof vi.fn<(url: string) => void>> => vi.fn();
  const written = { pushState: writer(), replaceState: writer() };
  const write =
    (tell: (url: string) => void) =>
    (data: unknown, _: string, url?: string | URL | null): void => {
      history.state = data;
      if (url === undefined || url === null) return;
      location.hash = url === '#' ? '' : String(url);
      tell(String(url));
    };
  const history = {
    state: null as unknown,
    pushState: write(written.pushState),
    replaceState: write(written.replaceState),
  };
  const bar: AddressBar = {
    location,
    history,
    addEventListener: (_, listener) => void listeners.add(listener),
    removeEventListener: (_, listener) => void listeners.delete(listener),
  };
  const onAdjusted = vi.fn();
  const reader = { readLink, unread: vi.fn<(again: () => void) => void>(), read: vi.fn() };
  const begin = (opened?: Parameters<typeof syncAddress>[3]): (() => void) =>
    syncAddress(store, bar, onAdjusted, opened, reader);
  const end = begin();
  /** Goes to an address: from outside, or back to an entry of this page's. */
  const visit = (hash: string, state: unknown = null): void => {
    location.hash = hash;
    history.state = state;
    for (const listener of listeners) listener();
  };
  return {
    store,
    location,
    history: written,
    marked: () => history.state,
    onAdjusted,
    begin,
    end,
    visit,
    listeners,
    bar,
    reader,
  };
};

/** Lets what is asked for be loaded, which no clock of ours makes faster, and all else happen. */
export const settleAddress = async (): Promise<void> => {
  await vi.advanceTimersByTimeAsync(3000);
  await vi.dynamicImportSettled();
  await vi.advanceTimersByTimeAsync(3000);
};
