import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { AppState } from './state.ts';
import type { AppStore } from './store.ts';

/** The page's store, given by `main.tsx`. */
export const StoreContext = createContext<AppStore | null>(null);

/** The store itself, for effects and event handlers. */
export function useAppStore(): AppStore {
  const store = use(StoreContext);
  if (!store) throw new Error('This part of the page was drawn outside the store’s provider.');
  return store;
}

/** A piece of the state; the component is drawn again when it changes. */
export function useApp<T>(select: (state: AppState) => T): T {
  return useStore(useAppStore(), select);
}
