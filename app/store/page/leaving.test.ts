import { expect, it, vi } from 'vitest';
import { beforeLeaving, watchLeaving } from './leaving.ts';

it('what waits is written when the tab is hidden, left or reloaded, and not when it is shown', () => {
  const listeners = new Map<string, () => void>();
  const page = {
    addEventListener: (type: string, listener: () => void) => void listeners.set(type, listener),
  };
  const document = { ...page, hidden: false };
  watchLeaving(page, document);
  const flush = vi.fn();
  const forget = beforeLeaving(flush);
  listeners.get('visibilitychange')?.();
  expect(flush).not.toHaveBeenCalled();
  document.hidden = true;
  for (const type of ['visibilitychange', 'beforeunload', 'pagehide']) listeners.get(type)?.();
  expect(flush).toHaveBeenCalledTimes(3);
  forget();
  listeners.get('pagehide')?.();
  expect(flush).toHaveBeenCalledTimes(3);
});
