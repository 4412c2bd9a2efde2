/** The address before what reads and writes it has been fetched. */
import { say } from '../../ui/say.ts';
import type { AppStore } from '../store.ts';
import type { AddressBar } from './address.ts';

/** What is said of a link: one thing at a time. */
export const LINK_NOTE = 'link-adjusted';

/** Says that a link is not open because what reads it could not be fetched. Stays until closed. */
export function linkUnread(again: () => void): void {
  say('error', 'This link could not be opened', {
    id: LINK_NOTE,
    duration: Infinity,
    description:
      'What reads links could not be fetched. Check the connection and try again, or reload the page: the link stays in the address.',
    action: { label: 'Try again', onClick: again },
  });
}

/**
 * Has `sync` keep the address and the page the same, which opens what stands in the address where that is not `read`, what
 * the page shows. Where it can't be fetched, the address stays as it is, and it is asked for again: for another address, and when
 * what the page shows is another thing, or, where a link waits to be opened, by the visitor alone, so that nothing takes its place.
 */
export function keepAddress(
  store: AppStore,
  read: string,
  sync: (read: string) => Promise<unknown>,
  bar: Omit<AddressBar, 'history'> = window,
  unread = linkUnread,
): void {
  sync(read).catch(() => {
    const waits = bar.location.hash !== read;
    const { experiment, view } = store.getState();
    let left = true;
    const again = (): void => {
      // What was said stays on screen, and can be pressed when another link has been asked for.
      if (!left) return;
      left = false;
      stop();
      bar.removeEventListener('hashchange', again);
      keepAddress(store, read, sync, bar, unread);
    };
    const stop = store.subscribe((state) => {
      if (!waits && (state.experiment !== experiment || state.view !== view)) again();
    });
    bar.addEventListener('hashchange', again);
    if (waits) unread(again);
  });
}
