import type { LongTable } from './longTable.ts';

/** What spreadsheets would run as a formula when it stands at the start of a cell. */
const STARTS_FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/**
 * A table as comma-separated values by RFC 4180. Words that a spreadsheet would take for a formula get an apostrophe
 * in front: names of runs are their visitors' own.
 */
export const csvOf = ({ columns, rows }: LongTable): string =>
  [columns, ...rows].map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');

function cellOf(cell: string | number): string {
  if (typeof cell === 'number') return String(cell);
  const harmless = STARTS_FORMULA.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
