/** One number against its truth. */
export interface Finding {
  /** What was computed. */
  readonly what: string;
  /** How far it is off, in the measure that the bound is in; NaN where it is no number at all. */
  readonly error: number;
  /** Below it the error is float32's round-off. */
  readonly bound: number;
}

/** Whether a finding is within its bound; a NaN never is. */
export const isRight = ({ error, bound }: Finding): boolean => error < bound;

/** The largest |a − b|; NaN where there is one, or where the lengths differ. */
export function largestDifference(found: ArrayLike<number>, truth: ArrayLike<number>): number {
  if (found.length !== truth.length) return NaN;
  let most = 0;
  for (let i = 0; i < truth.length; i++)
    // Math.max keeps a NaN.
    most = Math.max(most, Math.abs((found[i] ?? NaN) - (truth[i] ?? NaN)));
  return most;
}
