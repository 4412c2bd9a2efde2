/** Name of the line that plain iteration is predicted to follow. */
export const rateWords = (rate: number): string =>
  `Picard rate predicted by ρ = ${rate.toPrecision(3)}`;

/** What the radius says about plain iteration, beside the chart: no line is drawn where it gets nowhere. */
export const radiusWords = (radius: number): string =>
  radius < 1
    ? `Dash-dotted: Picard’s rate, ρ = ${radius.toPrecision(3)}.`
    : `ρ = ${radius.toPrecision(3)} at this fixed point: Picard would not stay at it.`;
