/** One line of a chart: its points, by rising x. Null where there is no finite value. */
export interface Points {
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
}

/** As many points as a line of 800 pixels can show. */
const MOST_POINTS = 1600;

/**
 * At most about `most` points: the lowest and the highest of each bucket, so that a spike of one
 * step is never lost; the first and the last always stay.
 */
export function decimate({ x, y }: Points, most = MOST_POINTS): Points {
  if (x.length <= most) return { x, y };
  const size = Math.ceil(x.length / Math.max(1, Math.floor(most / 2)));
  const kept: number[] = [];
  for (let start = 0; start < x.length; start += size) {
    const end = Math.min(start + size, x.length);
    let low = start;
    let high = start;
    for (let index = start; index < end; index++) {
      if ((y[index] ?? Infinity) < (y[low] ?? Infinity)) low = index;
      if ((y[index] ?? -Infinity) > (y[high] ?? -Infinity)) high = index;
    }
    const marks = [low, high];
    if (start === 0) marks.push(0);
    if (end === x.length) marks.push(end - 1);
    kept.push(...[...new Set(marks)].sort((a, b) => a - b));
  }
  return { x: kept.map((index) => x[index] ?? 0), y: kept.map((index) => y[index] ?? null) };
}

/** Points of the records that have a value; the others leave no gap. */
export function pointsOf<R>(
  records: readonly R[],
  x: (record: R) => number,
  y: (record: R) => number | undefined,
): Points {
  const points: { x: number[]; y: number[] } = { x: [], y: [] };
  for (const record of records) {
    const value = y(record);
    if (value === undefined || !Number.isFinite(value)) continue;
    points.x.push(x(record));
    points.y.push(value);
  }
  return points;
}

/** The value of a line at `x`: of the newest point that is not beyond it. */
export function valueAt({ x, y }: Points, at: number): number | null {
  let low = 0;
  let high = x.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((x[middle] ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return y[low - 1] ?? null;
}
