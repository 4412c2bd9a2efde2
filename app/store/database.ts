import {
  type DBSchema,
  type IDBPDatabase,
  type IDBPTransaction,
  openDB,
  type StoreNames,
} from 'idb';

/** A transaction over all stores of a database. */
export type Writing<S extends DBSchema> = IDBPTransaction<S, StoreNames<S>[], 'readwrite'>;

/** One of this browser's databases, opened when first used and again after it was closed. */
export interface Database<S extends DBSchema> {
  /** Rejects where the browser gives the page no storage. */
  readonly open: () => Promise<IDBPDatabase<S>>;
  /** All of the work or, if it fails, nothing; no other tab comes between. */
  readonly write: <T>(work: (writing: Writing<S>) => Promise<T>) => Promise<T>;
}

/**
 * A database of that name, with stores without keys of their own. Nothing is opened yet. A page with more stores has a
 * higher `version`: those that an earlier one made stay as they are.
 */
export function keptDatabase<S extends DBSchema>(
  name: string,
  stores: readonly StoreNames<S>[],
  version = 1,
): Database<S> {
  let opening: Promise<IDBPDatabase<S>> | null = null;
  const forget = (): void => {
    opening = null;
  };
  const open = (): Promise<IDBPDatabase<S>> => {
    opening ??= connect().catch((error: unknown) => {
      forget();
      throw error;
    });
    return opening;
  };
  // Asynchronous, since where storage is forbidden some browsers throw at once.
  const connect = async (): Promise<IDBPDatabase<S>> => {
    // Some browsers and frames have none at all.
    if (typeof indexedDB === 'undefined') throw new Error('it has no database for pages');
    return openDB<S>(name, version, {
      upgrade: (database) => {
        for (const store of stores) {
          if (!database.objectStoreNames.contains(store)) database.createObjectStore(store);
        }
      },
      // Another tab has a newer page: it may not be kept waiting.
      blocking: (_, __, event) => {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    });
  };
  return {
    open,
    write: async (work) => {
      const writing = (await open()).transaction([...stores], 'readwrite');
      const { done } = writing;
      try {
        // A request that fails aborts the transaction; both promises then tell.
        const [result] = await Promise.all([work(writing), done]);
        return result;
      } catch (error) {
        // What `work` itself threw has ended no transaction yet.
        try {
          writing.abort();
        } catch {
          // It is over already.
        }
        throw error;
      }
    },
  };
}

/** The browser's name for "no room left", thrown as such or found as the reason of an abort. */
export const isFull = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'QuotaExceededError';
