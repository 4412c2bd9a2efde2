import { useLayoutEffect } from 'react';
import { loadPart } from '../../parts/loadPart.ts';
import type { AppStore } from '../../store/store.ts';

type Pressed = (event: KeyboardEvent, store: AppStore) => void;

/**
 * Drives the page from the keyboard, wherever the focus is. What the keys do comes once the page is painted; those
 * pressed before then are done when it has. Where it cannot be had, the next key asks for it again.
 */
export function useShortcuts(store: AppStore): void {
  // Before the first paint: whoever sees the page can press its keys.
  useLayoutEffect(() => {
    let pressed: Pressed | null = null;
    let loading = false;
    let early: KeyboardEvent[] = [];
    const load = (): void => {
      if (loading) return;
      loading = true;
      loadPart(() => import('./pressedKey.ts'), { draws: false })
        .then(
          (part) => {
            pressed = part.pressedKey;
            for (const event of early) pressed(event, store);
          },
          () => undefined,
        )
        .finally(() => {
          early = [];
          loading = false;
        });
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      if (pressed) {
        pressed(event, store);
        return;
      }
      early.push(event);
      // The one that the browser has a use for which takes the visitor away from the page.
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k')
        event.preventDefault();
      load();
    };
    addEventListener('keydown', onKeyDown);
    const frame = requestAnimationFrame(load);
    return () => {
      removeEventListener('keydown', onKeyDown);
      cancelAnimationFrame(frame);
    };
  }, [store]);
}
