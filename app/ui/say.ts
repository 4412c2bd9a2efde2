import type { ExternalToast } from 'sonner';

/** Says something at the edge of the page; not part of what the first paint has to load. */
export function say(
  kind: 'success' | 'warning' | 'error' | 'info',
  words: string,
  options?: ExternalToast,
): void {
  void import('sonner').then(({ toast }) => {
    toast[kind](words, options);
  });
}
