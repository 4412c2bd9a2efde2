import { useEffect, useRef, type RefObject } from 'react';
import type { FieldPath } from '../../../src/schema/fields.ts';
import { useApp, useAppStore } from '../../store/context.ts';

/** Gives a setting's row to the one who looks for it: scrolled into view, its control focused, or the row itself. */
export function useSought(path: FieldPath): RefObject<HTMLDivElement | null> {
  const row = useRef<HTMLDivElement>(null);
  const sought = useApp((state) => state.sought === path);
  const { getState } = useAppStore();
  useEffect(() => {
    if (!sought) return;
    // The next frame: a dialog that opens or closes in this one moves the focus itself.
    const frame = requestAnimationFrame(() => {
      const { menuIsSet, endSeek } = getState();
      const { current } = row;
      const control = current?.querySelector<HTMLElement>(
        'input:not([type="range"]), select, textarea, [role="application"]',
      );
      current?.scrollIntoView({ block: 'center' });
      if (current && menuIsSet && control?.matches('select')) {
        current.tabIndex = -1;
        current.focus({ preventScroll: true });
      } else control?.focus();
      endSeek();
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [sought, getState]);
  return row;
}
