import type { AppStore } from '../store.ts';

/** One machinery for each store, made when it is first asked for. */
export function perStore<T>(make: (store: AppStore) => T): (store: AppStore) => T {
  const made = new WeakMap<AppStore, T>();
  return (store) => {
    const own = made.get(store) ?? make(store);
    made.set(store, own);
    return own;
  };
}
