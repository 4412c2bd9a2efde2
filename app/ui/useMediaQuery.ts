import { useSyncExternalStore } from 'react';

/** Whether a media query holds, followed live. */
export function useMediaQuery(query: string): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const list = matchMedia(query);
      list.addEventListener('change', onChange);
      return () => {
        list.removeEventListener('change', onChange);
      };
    },
    () => matchMedia(query).matches,
  );
}

/** The width below which the page has its phone layout. */
export const usePhone = (): boolean => useMediaQuery('(max-width: 899.98px)');

/** Whether that layout is on its side: little height, and what drives a view beside its picture. */
export const useShort = (): boolean =>
  useMediaQuery('(min-width: 560px) and (max-width: 899.98px) and (max-height: 519.98px)');
