/**
 * What this browser keeps of a visitor's wishes from visit to visit. Storage can be forbidden (private windows,
 * sandboxed frames) or full; what was asked for then lasts as long as the page.
 */

/** The value that is kept under the key; null where there is none, or none can be had. It may be anything. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Keeps a value at once; null forgets it. */
export function writeStored(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Forbidden or full.
  }
}
