import { useEffect, useState, type RefObject } from 'react';

/**
 * Whether any of an element is on screen, in a tab that is: what nobody looks at need not be asked for. An element of no
 * size, as one of a card that is folded, is not.
 */
export function useOnScreen(element: RefObject<Element | null>): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!element.current) return;
    let within = false;
    const look = (): void => {
      setSeen(within && !document.hidden);
    };
    const observer = new IntersectionObserver((entries) => {
      within = entries.at(-1)?.isIntersecting ?? false;
      look();
    });
    observer.observe(element.current);
    document.addEventListener('visibilitychange', look);
    return () => {
      observer.disconnect();
      document.removeEventListener('visibilitychange', look);
    };
  }, [element]);
  return seen;
}
