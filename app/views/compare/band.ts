import type { Points } from '../../charts/stream/points.ts';
import { median } from '../../charts/series.ts';

/** What several seeds of one set-up have in common, place by place. */
export interface Band {
  readonly x: readonly number[];
  readonly least: readonly number[];
  readonly middle: readonly number[];
  readonly most: readonly number[];
  /** Runs it is made of. */
  readonly runs: number;
}

/** Places a band is computed at. */
const PLACES = 160;

/**
 * Least, median and most of several curves. Only where all of them have values: beyond the end of the shortest a band
 * would be that of the slow ones alone. Between two points of a curve its value is read off the straight line, on a
 * log axis off the line that is straight there. Null for fewer than two curves.
 */
export function bandOf(lines: readonly Points[], log: boolean): Band | null {
  const drawn = lines.filter(({ x }) => x.length > 0);
  if (drawn.length < 2) return null;
  const start = Math.max(...drawn.map(({ x }) => x[0] ?? 0));
  const end = Math.min(...drawn.map(({ x }) => x.at(-1) ?? 0));
  if (end < start) return null;
  const x = places(drawn, start, end);
  const values = x.map((at) => drawn.map((line) => readAt(line, at, log)));
  return {
    x,
    least: values.map((some) => Math.min(...some)),
    middle: values.map(median),
    most: values.map((some) => Math.max(...some)),
    runs: drawn.length,
  };
}

/** The curves' own places, both ends included; evenly spaced ones where those are too many. */
function places(lines: readonly Points[], start: number, end: number): readonly number[] {
  const own = [...new Set(lines.flatMap(({ x }) => x))].filter((at) => at >= start && at <= end);
  if (own.length <= PLACES) return own.sort((a, b) => a - b);
  return Array.from(
    { length: PLACES },
    (_, index) => start + ((end - start) * index) / (PLACES - 1),
  );
}

/** The value at `at`, which is no place before the first point or behind the last. */
function readAt({ x, y }: Points, at: number, log: boolean): number {
  let low = 0;
  let high = x.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((x[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  if ((x[high] ?? Infinity) <= at) low = high;
  const [x0, x1] = [x[low] ?? at, x[high] ?? at];
  const [y0, y1] = [y[low] ?? NaN, y[high] ?? NaN];
  if (x1 <= x0 || at <= x0) return y0;
  const part = (at - x0) / (x1 - x0);
  return log && y0 > 0 && y1 > 0 ? y0 * (y1 / y0) ** part : y0 + part * (y1 - y0);
}
