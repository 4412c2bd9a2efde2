/** A colour as bytes. */
export type Bytes3 = readonly [red: number, green: number, blue: number];

/** Polynomials through matplotlib's viridis, one a channel, constant term first; within 1 % of it. */
const channels: readonly (readonly number[])[] = [
  [0.2777273, 0.105093, -0.3308618, -4.6342305, 6.2282699, 4.776385, -5.4354559],
  [0.0054073, 1.4046135, 0.2148476, -5.799101, 14.1799334, -13.7451454, 4.6458526],
  [0.3340998, 1.3845902, 0.0950952, -19.332441, 56.6905526, -65.3530326, 26.3124352],
];

/** The colour at `share` of the scale from dark violet (0) to yellow (1); outside it, its ends. */
export function viridis(share: number): Bytes3 {
  const at = Math.min(1, Math.max(0, share));
  const [red = 0, green = 0, blue = 0] = channels.map((terms) => {
    const value = terms.reduceRight((sum, term) => sum * at + term, 0);
    return Math.round(255 * Math.min(1, Math.max(0, value)));
  });
  return [red, green, blue];
}

/** The same for CSS. */
export const viridisColour = (share: number): string => `rgb(${viridis(share).join(' ')})`;

/** The whole scale from left to right, for a legend. */
export const viridisGradient = `linear-gradient(90deg, ${Array.from({ length: 13 }, (_, step) => viridisColour(step / 12)).join(', ')})`;
