import { useEffect, useState, type RefObject } from 'react';

/** Width and height inside an element, in pixels. */
export interface BoxSize {
  readonly width: number;
  readonly height: number;
  /** Device pixels to one of these; a browser's zoom changes the box, too. */
  readonly ratio: number;
}

/** The room inside an element, followed live; null until it has been drawn. */
export function useBox(ref: RefObject<HTMLElement | null>): BoxSize | null {
  const [box, setBox] = useState<BoxSize | null>(null);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = element;
      const ratio = devicePixelRatio;
      const same = (old: BoxSize | null): boolean =>
        old?.width === width && old.height === height && old.ratio === ratio;
      // Zero means hidden, where any size will do.
      if (width > 0 && height > 0) setBox((old) => (same(old) ? old : { width, height, ratio }));
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [ref]);
  return box;
}
