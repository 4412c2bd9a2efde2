/**
 * A covering array of strength two: rows of settings in which any two values of any two options meet
 * in at least one row. Where every combination would be thousands of rows, this is a few dozen, and
 * a fault that needs two options to meet is still found.
 *
 * Greedy (after AETG: Cohen, Dalal, Fredman, Patton 1997): each row begins with the first pair that
 * has not met yet, and takes for every other option the value that makes most new pairs meet; of equals
 * the one used least so far. Nothing is random: the same options give the same rows.
 *
 * @param options Each option's values. Values are told apart by their place, so they may be objects.
 * @returns One value of each option, a row.
 * @throws RangeError If an option has no value.
 */
export function pairwise<T extends object>(options: {
  readonly [K in keyof T]: readonly T[K][];
}): T[] {
  const columns = Object.entries<readonly unknown[]>(options).map(([name, values], column) => {
    if (values.length === 0) throw new RangeError(`The option "${name}" has no value to try.`);
    return values.map((value, at): Choice => ({ name, column, at, value, used: 0 }));
  });
  const waiting = new Map<string, readonly [Choice, Choice]>();
  for (const [i, column] of columns.entries())
    for (const other of columns.slice(i + 1))
      for (const a of column) for (const b of other) waiting.set(key(a, b), [a, b]);

  const rows: T[] = [];
  const add = (chosen: readonly Choice[]): void => {
    const row = columns.map((column) => chosen.find((c) => c.column === column[0]?.column));
    const full = row.filter((choice) => choice !== undefined);
    for (const a of full) {
      a.used++;
      for (const b of full) waiting.delete(key(a, b));
    }
    rows.push(Object.fromEntries(full.map(({ name, value }) => [name, value])) as T);
  };

  // One option has no pairs; each of its values is a row.
  if (columns.length === 1) for (const choice of columns[0] ?? []) add([choice]);
  for (let pair = first(waiting); pair; pair = first(waiting)) {
    const chosen: Choice[] = [...pair];
    for (const column of columns) {
      if (chosen.some((choice) => column.includes(choice))) continue;
      const met = (choice: Choice): number =>
        chosen.filter((other) => waiting.has(key(choice, other))).length;
      chosen.push(
        column.reduce((a, b) => {
          const more = met(b) - met(a);
          return more > 0 || (more === 0 && b.used < a.used) ? b : a;
        }),
      );
    }
    add(chosen);
  }
  return rows;
}

/** One value of one option. */
interface Choice {
  readonly name: string;
  readonly column: number;
  readonly at: number;
  readonly value: unknown;
  /** Rows that have it so far. */
  used: number;
}

/** Names two choices, in either order. */
const key = (a: Choice, b: Choice): string =>
  (a.column < b.column ? [a, b] : [b, a]).map(({ column, at }) => `${column}:${at}`).join();

const first = <T>(map: ReadonlyMap<string, T>): T | undefined => map.values().next().value;
