import { useEffect, useRef, useState, type RefObject } from 'react';

/** Not opened by a pointer on its way to something else, nor closed by one on its way to the explanation, past the control. */
const DWELL = { open: 350, close: 500 } as const;

/** Closes the one that is open: two explanations at a time are none. */
let closeOther: (() => void) | undefined;

/** How an explanation is opened and closed (WCAG 1.4.13). */
export interface Explain {
  readonly open: boolean;
  /** What it belongs to; the pointer may go from it to the explanation. */
  readonly area: {
    readonly ref: RefObject<HTMLDivElement | null>;
    readonly onPointerEnter: (event: { readonly pointerType: string }) => void;
    readonly onPointerLeave: () => void;
  };
  readonly button: {
    readonly onClick: () => void;
    readonly onFocus: (event: { readonly currentTarget: Element }) => void;
    readonly onBlur: () => void;
  };
}

/**
 * Shown where the mouse rests, where the keyboard's focus is, and where its button was pressed, by
 * finger too. It stays as long as pointer or focus do; Escape or a press elsewhere closes it.
 */
export function useExplain(): Explain {
  const ref = useRef<HTMLDivElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [shown, setShown] = useState<'pointed' | 'pressed' | null>(null);
  const after = (milliseconds: number, act: () => void): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(act, milliseconds);
  };
  const close = (): void => {
    clearTimeout(timer.current);
    setShown(null);
  };
  const point = (): void => {
    setShown((old) => old ?? 'pointed');
  };
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );
  const open = shown !== null;
  useEffect(() => {
    if (!open) return;
    const shut = (): void => {
      clearTimeout(timer.current);
      setShown(null);
    };
    closeOther?.();
    closeOther = shut;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      // The sheet or dialog that it is in stays open.
      event.preventDefault();
      event.stopImmediatePropagation();
      shut();
    };
    const onPointerDown = ({ target }: PointerEvent): void => {
      if (!(target instanceof Node) || !ref.current?.contains(target)) shut();
    };
    addEventListener('keydown', onKeyDown, true);
    addEventListener('pointerdown', onPointerDown, true);
    return () => {
      if (closeOther === shut) closeOther = undefined;
      removeEventListener('keydown', onKeyDown, true);
      removeEventListener('pointerdown', onPointerDown, true);
    };
  }, [open]);
  return {
    open,
    area: {
      ref,
      onPointerEnter: ({ pointerType }) => {
        if (pointerType === 'mouse') after(DWELL.open, point);
      },
      onPointerLeave: () => {
        after(DWELL.close, () => {
          setShown((old) => (old === 'pointed' ? null : old));
        });
      },
    },
    button: {
      onClick: () => {
        clearTimeout(timer.current);
        setShown((old) => (old === 'pressed' ? null : 'pressed'));
      },
      onFocus: ({ currentTarget }) => {
        if (currentTarget.matches(':focus-visible')) point();
      },
      onBlur: close,
    },
  };
}
