/** A table whose rows may be tables. */
type Table = Record<string, unknown>;

const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Puts all that `whole` has into `begun`, which has part of it. Tables of both stay those of `begun`: who holds one of
 * them has the whole one then. How a build completes what it began with (`scripts/lateTables.mjs`).
 */
export function fill(begun: object, whole: object): void {
  const into = begun as Table;
  for (const [key, value] of Object.entries(whole)) {
    const has = into[key];
    if (isTable(has) && isTable(value)) fill(has, value);
    else into[key] = value;
  }
}
