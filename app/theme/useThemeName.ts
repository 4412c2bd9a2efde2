import { useSyncExternalStore } from 'react';

/** Name of the theme the page is drawn in; for canvases, which must be painted anew. */
export const useThemeName = (): string =>
  useSyncExternalStore(
    (onChange) => {
      const observer = new MutationObserver(onChange);
      observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
      return () => {
        observer.disconnect();
      };
    },
    () => document.documentElement.dataset['theme'] ?? 'light',
  );
