/**
 * Exponential moving average, debiased: the first values weigh no more than they should, so the
 * curve starts at the data and not at zero. What isn't a finite number is passed over.
 */
export function debiasedAverage(
  values: readonly (number | null)[],
  smoothing: number,
): (number | null)[] {
  let sum = 0;
  let weight = 0;
  return values.map((value) => {
    if (value === null || !Number.isFinite(value)) return null;
    sum = smoothing * sum + (1 - smoothing) * value;
    weight = smoothing * weight + (1 - smoothing);
    return sum / weight;
  });
}
