import type { Cell, FigureTable } from './figure.ts';

/** What spreadsheets would run as a formula, or take apart, when it stands at the start of a cell. */
const STARTS_FORMULA = /^[=+\-@\t\r]/;
const PLAIN_NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/**
 * A table as comma-separated values by RFC 4180, lines ending in CR LF. Numbers are written whole, as JavaScript reads
 * them back; those that are no finite number as NaN, Infinity or -Infinity. Words that a spreadsheet would take for a
 * formula get an apostrophe in front, as names and texts are the visitor's own.
 */
export function csvOf({ columns, rows }: FigureTable): string {
  return [columns, ...rows].map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');
}

function cellOf(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return Object.is(cell, -0) ? '0' : String(cell);
  const harmless = STARTS_FORMULA.test(cell) && !PLAIN_NUMBER.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
