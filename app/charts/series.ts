import type { IterationRecord } from '../../src/engine/protocol/protocol.ts';

/** Which residual is drawn. */
export type Measure = 'rel' | 'abs';
/** What the horizontal axis counts. */
export type Axis = 'iteration' | 'evaluations' | 'milliseconds';
/** How the vertical axis is divided. */
export type Scale = 'log' | 'linear';

/** One record as the chart draws it. */
export interface ChartPoint {
  readonly x: number;
  /** Worst sample; null where it isn't a finite number. */
  readonly worst: number | null;
  /** Median sample; null where it isn't a finite number. */
  readonly median: number | null;
  /** The measured value behind `worst`, as it is. */
  readonly exact: number;
  readonly record: IterationRecord;
}

const MOST_POINTS = 400;

/** The largest residual of a record; a sample that isn't a finite number is worse than any that is. */
export function worst(values: readonly number[]): number {
  let most = -Infinity;
  for (const value of values) {
    if (Number.isNaN(value)) return NaN;
    if (value > most) most = value;
  }
  return values.length === 0 ? NaN : most;
}

/** Which sample is the worst, the first of equals: 0 where there is none. */
export const worstSample = (values: readonly number[]): number =>
  Math.max(
    0,
    values.findIndex((value) => Object.is(value, worst(values))),
  );

/** Middle of the values (mean of the middle two), finite ones only; NaN when there is none. */
export function median(values: readonly number[]): number {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Records as points of the chart, thinned to what it can draw in time. */
export function chartPoints(
  records: readonly IterationRecord[],
  measure: Measure,
  axis: Axis,
): ChartPoint[] {
  let milliseconds = 0;
  const points = records.map((record, index): ChartPoint => {
    const exact = worst(record[measure]);
    // All solvers begin with the same evaluation, and the very first waits for the compiler.
    if (index > 0) milliseconds += record.milliseconds;
    return {
      x: axis === 'milliseconds' ? milliseconds : record[axis],
      worst: finite(exact),
      median: finite(median(record[measure])),
      exact,
      record,
    };
  });
  return thin(points, MOST_POINTS);
}

/**
 * At most about `most` points: of each bucket the lowest and the highest, so that a spike of
 * one iteration is never lost, and every point with an event or a value that isn't a number.
 */
export function thin(points: readonly ChartPoint[], most: number): ChartPoint[] {
  if (points.length <= most) return [...points];
  const size = Math.ceil(points.length / Math.max(1, Math.floor(most / 2)));
  const kept = new Set<number>([0, points.length - 1]);
  for (let start = 0; start < points.length; start += size) {
    let low = start;
    let high = start;
    for (let i = start; i < Math.min(start + size, points.length); i++) {
      const point = points[i];
      if (!point) continue;
      if (point.worst === null || point.record.event) kept.add(i);
      if ((point.worst ?? Infinity) < (points[low]?.worst ?? Infinity)) low = i;
      if ((point.worst ?? -Infinity) > (points[high]?.worst ?? -Infinity)) high = i;
    }
    kept.add(low).add(high);
  }
  return points.filter((_, index) => kept.has(index));
}

const HEADROOM = 1.25;
/** Nothing is drawn below this: float32 sees nothing there. */
const LOWEST_DECADE = -16;

/**
 * Whole decades that hold every point, and `tolerance` too where it is drawn. A residual of exactly
 * zero has no decade: it stands on the bottom edge, and stretches nothing.
 */
export function decadeRange(
  points: readonly ChartPoint[],
  tolerance: number | null,
): readonly [number, number] {
  const values = points.flatMap(({ worst: high, median: middle }) =>
    [high, middle].filter((value): value is number => value !== null && value > 0),
  );
  if (tolerance !== null) values.push(tolerance);
  if (values.length === 0) return [1e-5, 1];
  const bottom = Math.floor(Math.log10(Math.min(...values, 1)) - 1e-9);
  const top = Math.ceil(Math.log10(Math.max(...values)) - 1e-9);
  // The tolerance gets a decade below it, so that a converged end isn't glued to the frame.
  const under =
    tolerance === null ? bottom : Math.min(bottom, Math.ceil(Math.log10(tolerance)) - 1);
  // A little headroom: a point at the top is drawn whole, and nothing is drawn above the frame.
  return [decade(Math.max(under, LOWEST_DECADE)), HEADROOM * decade(Math.max(top, under + 2))];
}

/** `10 ** exponent` without the last-digit error that powers can have. */
const decade = (exponent: number): number => Number(`1e${String(exponent)}`);

/** The points with nothing below `low`: a log axis has no place for it but its bottom edge. */
export function onFloor(points: readonly ChartPoint[], low: number): readonly ChartPoint[] {
  const lift = (value: number | null): number | null =>
    value === null ? null : Math.max(value, low);
  return points.map((point) => ({
    ...point,
    worst: lift(point.worst),
    median: lift(point.median),
  }));
}

/** From zero to a little above every point, and above `tolerance` too where it is drawn. */
export function linearRange(
  points: readonly ChartPoint[],
  tolerance: number | null,
): { readonly range: readonly [number, number]; readonly ticks: number[] } {
  const values = points.flatMap(({ worst: high }) => (high === null ? [] : [high]));
  const most = Math.max(...values, tolerance ?? 0);
  if (most === 0) return { range: [0, 1], ticks: [0, 1] };
  const { end, ticks } = roundAxis(most, 0);
  return { range: [0, end], ticks };
}

/** Powers of ten from `low` to `high`, skipping some when there are more than nine. */
export function decadeTicks([low, high]: readonly [number, number]): number[] {
  const first = Math.round(Math.log10(low));
  const last = Math.floor(Math.log10(high) + 1e-9);
  const stride = Math.ceil((last - first + 1) / 9);
  const ticks: number[] = [];
  for (let exponent = last; exponent >= first; exponent -= stride) ticks.unshift(decade(exponent));
  return ticks;
}

/** End of the horizontal axis: a round number, so that it moves seldom while points come in. */
export function axisEnd(last: number): number {
  const ends = [5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 125, 150, 200, 300, 400];
  // The newest point keeps clear of the labels at the right end.
  return ends.find((end) => end * 0.97 >= last) ?? Math.ceil((last * 1.03) / 200) * 200;
}

/** End, `shortest` at least, and about five round ticks of an axis of anything that isn't counted. */
export function roundAxis(
  last: number,
  shortest = 1e-3,
): { readonly end: number; readonly ticks: number[] } {
  const least = Math.max(last * 1.03, shortest);
  const power = 10 ** Math.floor(Math.log10(least / 4));
  const stride = ([1, 2, 5, 10].find((size) => least / (size * power) <= 6) ?? 10) * power;
  const count = Math.floor(least / stride + 1e-9);
  // Whole strides only would leave much of the picture empty.
  const ticks = Array.from({ length: count + 1 }, (_, index) =>
    Number((index * stride).toPrecision(6)),
  );
  return { end: least, ticks };
}

/** About five round ticks from 0 to `end`. */
export function axisTicks(end: number): number[] {
  const stride = [1, 2, 5, 10, 25, 50, 100].find((size) => end / size <= 8) ?? Math.ceil(end / 8);
  return Array.from({ length: Math.floor(end / stride) + 1 }, (_, index) => index * stride);
}
