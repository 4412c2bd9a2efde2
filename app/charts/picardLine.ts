/** A straight piece of a line, in the units of the chart's axes. */
export type Segment = readonly [
  { readonly x: number; readonly y: number },
  { readonly x: number; readonly y: number },
];

/**
 * The residuals of an iteration that gains the factor `rate` each time and passes through `through`: a
 * straight line of slope log₁₀ `rate` on a log axis, cut to x from 0 to `end` and to y within `range`. Null
 * where there is no such line to see: no positive factor, no point, or less than one iteration in sight.
 */
export function picardLine(
  through: { readonly x: number; readonly y: number | null },
  rate: number,
  end: number,
  [low, high]: readonly [number, number],
): Segment | null {
  const { x, y } = through;
  if (y === null || !(y > 0) || !(rate > 0) || !Number.isFinite(rate)) return null;
  const slope = Math.log10(rate);
  const where = (value: number): number => x + (Math.log10(value) - Math.log10(y)) / slope;
  // A factor of one is a level line: it leaves the frame at the sides only.
  const [enters, leaves] = slope === 0 ? [0, end] : [where(low), where(high)].sort((a, b) => a - b);
  const from = Math.max(0, enters ?? 0);
  const to = Math.min(end, leaves ?? end);
  if (!(to - from >= 1)) return null;
  const at = (place: number) => ({ x: place, y: y * rate ** (place - x) });
  return [at(from), at(to)];
}
