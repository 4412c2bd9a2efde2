import { useEffect, useRef, type RefObject } from 'react';
import type { FieldPath } from '../../../src/schema/fields.ts';
import { useApp } from '../../store/context.ts';

/** Gives a setting's row to the one who looks for it: scrolled into view, its control focused. */
export function useSought(path: FieldPath): RefObject<HTMLDivElement | null> {
  const row = useRef<HTMLDivElement>(null);
  const sought = useApp((state) => state.sought === path);
  const endSeek = useApp((state) => state.endSeek);
  useEffect(() => {
    if (!sought) return;
    // The next frame: a dialog that opens or closes in this one moves the focus itself.
    const frame = requestAnimationFrame(() => {
      row.current?.scrollIntoView({ block: 'center' });
      row.current
        ?.querySelector<HTMLElement>(
          'input:not([type="range"]), select, textarea, [role="application"]',
        )
        ?.focus();
      endSeek();
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [sought, endSeek]);
  return row;
}
