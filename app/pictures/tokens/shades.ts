import type { SampledToken } from '../../../src/engine/protocol/protocol.ts';

/** What the tokens of a sample are shaded by. */
export type Shade = 'evaluations' | 'probability';

/** Deepest tint in percent: text on it keeps its contrast in both themes. */
const DEEPEST = 46;

/** The two ends of a scale, as shown beside its legend. */
export function shadeRange(
  tokens: readonly SampledToken[],
  shade: Shade,
): readonly [number, number] {
  if (shade === 'probability') return [0, 1];
  const counts = tokens.map(({ evaluations }) => evaluations);
  return counts.length === 0 ? [0, 1] : [Math.min(...counts), Math.max(...counts)];
}

/** A background between nothing and the deepest tint. */
export function shadeColour(value: number, [low, high]: readonly [number, number]): string {
  const share = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0;
  return `color-mix(in oklab, var(--accent) ${(DEEPEST * share).toFixed(0)}%, var(--page))`;
}

/** All tints from nothing to the deepest, for a legend. */
export const shadeScale = `linear-gradient(90deg, ${shadeColour(0, [0, 1])}, ${shadeColour(1, [0, 1])})`;
