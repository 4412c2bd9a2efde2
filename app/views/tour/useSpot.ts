import { useEffect, useState } from 'react';
import type { TourStep } from './steps.ts';

/** Often enough to follow what moves, seldom enough to cost nothing. */
const LOOK_MILLISECONDS = 150;

/** Where something is on the screen. */
export interface Spot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What a step points at, as it is drawn now. */
export function targetOf(step: TourStep): Element | null {
  for (const find of step.targets) {
    const element = find();
    // Hidden elements have no box.
    if (element && element.getClientRects().length > 0) return element;
  }
  return null;
}

/** Follows the target of a step on the screen, scrolled into view once; null while there is none. */
export function useSpot(step: TourStep): Spot | null {
  const [spot, setSpot] = useState<Spot | null>(null);
  useEffect(() => {
    let shown: Element | null = null;
    const look = (): void => {
      const target = targetOf(step);
      if (target !== shown) target?.scrollIntoView({ block: 'center' });
      shown = target;
      const box = target?.getBoundingClientRect();
      setSpot((old) => {
        if (!box) return null;
        const { left, top, width, height } = box;
        const same =
          old?.left === left && old.top === top && old.width === width && old.height === height;
        return same ? old : { left, top, width, height };
      });
    };
    look();
    const timer = setInterval(look, LOOK_MILLISECONDS);
    addEventListener('scroll', look, true);
    addEventListener('resize', look);
    return () => {
      clearInterval(timer);
      removeEventListener('scroll', look, true);
      removeEventListener('resize', look);
    };
  }, [step]);
  return spot;
}
