/** A straight piece of a line, in the units of the chart's axes. */
export type Segment = readonly [
  { readonly x: number; readonly y: number },
  { readonly x: number; readonly y: number },
];

/** The residual that plain iteration is predicted to have `iterations` after `first`: each multiplies it by ρ. */
export const picardResidual = (first: number, rate: number, iterations: number): number =>
  first * rate ** iterations;

/**
 * The predicted residuals of plain iteration from `start`, where it would begin, as a straight line of slope
 * log₁₀ `rate` on a log axis: cut at `end`, and where it falls below `low`. Null where there is no such line to
 * see: no factor between 0 and 1, no residual to start from, or less than one iteration in sight.
 */
export function picardLine(
  start: { readonly x: number; readonly y: number | null },
  rate: number,
  end: number,
  low: number,
): Segment | null {
  const { x, y } = start;
  if (y === null || !(y > low) || !(rate > 0 && rate < 1)) return null;
  const to = Math.min(end, x + Math.log10(low / y) / Math.log10(rate));
  return to - x >= 1
    ? [
        { x, y },
        { x: to, y: picardResidual(y, rate, to - x) },
      ]
    : null;
}
