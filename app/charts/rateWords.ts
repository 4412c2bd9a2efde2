/** Name of the line of slope log₁₀ ρ. */
export const rateWords = (rate: number): string =>
  `Picard rate predicted by ρ = ${rate.toPrecision(3)}`;
