/** What has to be kept before the page goes: everything that writes after a pause has a place here. */

/** Called when the page may be about to go; has no time for anything but what it does at once. */
type Flush = () => void;

const flushes = new Set<Flush>();

/** Has `flush` called when the page may be about to go; returns what takes it off the list again. */
export function beforeLeaving(flush: Flush): () => void {
  flushes.add(flush);
  return () => {
    flushes.delete(flush);
  };
}

/** Writes everything that waits for a pause. */
export function flushAll(): void {
  for (const flush of flushes) flush();
}

/** The part of the browser this needs; `window` with its document is one. */
export interface Leavable {
  readonly addEventListener: (
    type: 'pagehide' | 'beforeunload' | 'visibilitychange',
    listener: () => void,
  ) => void;
}

/**
 * Writes what waits when the tab is hidden, closed or reloaded. On phones hiding is the last that
 * a page hears of; `beforeunload` comes while the address can still be changed.
 */
export function watchLeaving(
  page: Leavable,
  document: Leavable & { readonly hidden: boolean },
): void {
  page.addEventListener('pagehide', flushAll);
  page.addEventListener('beforeunload', flushAll);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) flushAll();
  });
}
