import type { StateMap } from '../../../../src/engine/protocol/protocol.ts';
import { formatPower, formatResidual, plural } from '../../../format.ts';
import { visibleText } from '../../../pictures/tokens/visibleText.ts';

/** By position in the text, or those that took longest first. */
export type MapOrder = 'position' | 'difficulty';

/** More rows or columns than these are drawn as bins. */
export const MOST_ROWS = 256;
const MOST_COLUMNS = 200;

/** One row of the picture: a token, or a bin of them. */
export interface MapRow {
  /** Positions in the text; one, unless it is a bin. */
  readonly tokens: readonly number[];
  readonly name: string;
  /** Residual of each column; the largest where it is a bin. */
  readonly relative: readonly number[];
  /** Iterations until it was first below the tolerance; null where it never was. */
  readonly reached: number | null;
}

/** The map as it is drawn. */
export interface MapPicture {
  readonly kind: StateMap['kind'];
  readonly rows: readonly MapRow[];
  /** Columns are iterations 0 to `last`, counted from the start of the solve or of its branch. */
  readonly last: number;
  /** Tokens in a row and iterations in a column; 1 unless there are too many. */
  readonly rowBin: number;
  readonly columnBin: number;
  readonly tolerance: number;
}

/** Share of the colour scale: 0 at a residual of 1 and above, 1 at a tenth of the tolerance and below. */
export function colourShare(value: number, tolerance: number): number {
  if (value <= 0) return 1;
  const share = Math.log10(value) / Math.log10(tolerance / 10);
  return Math.min(1, Math.max(0, share));
}

/** Powers of ten that the legend marks: both ends' decades and all between, every other if many. */
export function legendTicks(tolerance: number): number[] {
  const decades = Math.floor(-Math.log10(tolerance / 10) + 1e-9);
  const stride = Math.ceil((decades + 1) / 6);
  const count = Math.floor(decades / stride) + 1;
  return Array.from({ length: count }, (_, index) => Number(`1e-${String(index * stride)}`));
}

/** The first iteration at which each row is below the tolerance; null where none is. */
export function iterationsTo(map: StateMap, tolerance: number): (number | null)[] {
  return map.rows.map((_, row) => {
    const first = map.relative.findIndex((values) => (values[row] ?? NaN) < tolerance);
    return first < 0 ? null : first;
  });
}

/** Rows in the order they are drawn. Difficult: not yet there, the furthest first; then the latest. */
export function rowOrder(map: StateMap, tolerance: number, order: MapOrder): number[] {
  const rows = map.rows.map((_, row) => row);
  if (order === 'position') return rows;
  const reached = iterationsTo(map, tolerance);
  const newest = map.relative.at(-1) ?? [];
  // Worse than any number is not to be one.
  const far = (row: number): number => {
    const value = newest[row] ?? NaN;
    return Number.isNaN(value) ? Infinity : value;
  };
  const descending = (a: number, b: number): number => (a === b ? 0 : b - a);
  return rows.sort(
    (a, b) =>
      descending(reached[a] ?? Infinity, reached[b] ?? Infinity) ||
      descending(far(a), far(b)) ||
      a - b,
  );
}

/** Size of the bins that bring `count` down to `most`. */
export const binSize = (count: number, most: number): number =>
  Math.max(1, Math.ceil(count / most));

/** The largest of each `size` values; what isn't a number counts as larger than any. */
export function binned(values: readonly number[], size: number): number[] {
  const bins: number[] = [];
  for (let start = 0; start < values.length; start += size) {
    const part = values.slice(start, start + size);
    bins.push(part.some(Number.isNaN) ? NaN : Math.max(...part));
  }
  return bins;
}

/** What is drawn: rows in order, as bins where there are too many. */
export function mapPicture(map: StateMap, tolerance: number, order: MapOrder): MapPicture {
  const sorted = rowOrder(map, tolerance, order);
  const reached = iterationsTo(map, tolerance);
  const rowBin = binSize(sorted.length, MOST_ROWS);
  const columnBin = binSize(map.relative.length, MOST_COLUMNS);
  const rows: MapRow[] = [];
  for (let start = 0; start < sorted.length; start += rowBin) {
    const tokens = sorted.slice(start, start + rowBin);
    const name = rowName(map, tokens[0] ?? 0);
    const all = map.relative.map(
      (values) =>
        binned(
          tokens.map((row) => values[row] ?? NaN),
          rowBin,
        )[0] ?? NaN,
    );
    const times = tokens.map((row) => reached[row] ?? null);
    const slowest = times.includes(null) ? null : Math.max(...times.map((time) => time ?? 0));
    rows.push({ tokens, name, relative: binned(all, columnBin), reached: slowest });
  }
  return { kind: map.kind, rows, last: map.relative.length - 1, rowBin, columnBin, tolerance };
}

/** What the map shows at its column `k`, in one sentence; `start` is the iteration of column 0. */
export function mapSentence(map: StateMap, tolerance: number, k: number, start = 0): string {
  const now = map.relative[k];
  const count = map.rows.length;
  if (!now || count === 0) return 'Nothing has been recorded yet.';
  const below = now.filter((value) => value < tolerance).length;
  const when = k + start === 0 ? 'at the start' : `after ${plural(k + start, 'iteration')}`;
  const head = `${String(below)} of ${plural(count, rowNoun(map))} ${areOrIs(below)} below ${formatPower(tolerance)} ${when}`;
  const lost = now.filter((value) => !Number.isFinite(value)).length;
  if (lost > 0) return `${head}; ${String(lost)} ${areOrIs(lost)} no longer finite.`;
  const reached = iterationsTo(map, tolerance);
  const slowest = rowOrder(map, tolerance, 'difficulty')[0] ?? 0;
  const name = `‘${rowName(map, slowest)}’`;
  const left = reached.filter((one) => one === null).length;
  if (left === 0)
    return `${head}; the slowest is ${name} at ${String((reached[slowest] ?? 0) + start)}.`;
  const last = map.relative.length - 1;
  const missing = left === count ? 'none has got there' : `${String(left)} still above it`;
  const end = map.relative[last]?.[slowest];
  const far =
    end !== undefined && end > OVER_ZERO
      ? `the furthest is ${name}: f(z) is about 0 there, over which a relative residual says little`
      : `the furthest is ${name} at ${formatResidual(end)}`;
  return `${head}; ${missing} at iteration ${String(last + start)}, ${far}.`;
}

/** A relative residual beyond this is over a ‖f(z)‖ that float32 can’t tell from 0 beside z. */
const OVER_ZERO = 1e6;

const areOrIs = (count: number): string => (count === 1 ? 'is' : 'are');

/** What a row is called: a token with its spaces made visible, any other part of a state as it is. */
export function rowName({ kind, rows }: StateMap, row: number): string {
  const name = rows[row] ?? '';
  return kind === 'tokens' ? visibleText(name) : name;
}

/** What a row of the map is. */
export const rowNoun = ({ kind }: Pick<StateMap, 'kind'>): string => kind.replace(/s$/, '');

/** How the picture leaves something out, if it does. */
export function binSentence({ rowBin, columnBin, kind }: MapPicture): string {
  const parts = [
    ...(rowBin > 1 ? [`each row is the largest residual of ${String(rowBin)} ${kind}`] : []),
    ...(columnBin > 1 ? [`each column the largest of ${String(columnBin)} iterations`] : []),
  ];
  if (parts.length === 0) return '';
  const words = parts.join(', ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
