import { useEffect, useRef, useState } from 'react';

/** Ten redraws a second are as many as an eye needs, and leave the main thread to the visitor. */
export const REDRAW_MILLISECONDS = 100;

/**
 * The value, but changing at most once every `milliseconds`; the last one always comes through. A change is drawn after
 * all else that comes with it: `useAppAtMost` is for what must not wait for that.
 */
export function useThrottled<T>(value: T, milliseconds = REDRAW_MILLISECONDS): T {
  const [shown, setShown] = useState(value);
  const changed = useRef(-Infinity);
  useEffect(() => {
    const wait = Math.max(0, changed.current + milliseconds - performance.now());
    const timer = setTimeout(() => {
      changed.current = performance.now();
      setShown(value);
    }, wait);
    return () => {
      clearTimeout(timer);
    };
  }, [value, milliseconds]);
  return shown;
}
