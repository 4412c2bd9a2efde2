import type { TransformerConfig } from '../src/families/language/transformerParameters.ts';
import type { SizeName } from './rows.ts';

/** A transformer layer and what it is applied to. */
export interface Size {
  readonly batch: number;
  readonly length: number;
  readonly width: number;
  readonly heads: number;
  readonly inner: number;
}

/** The sizes measured; `odd` has none that a kernel's blocks divide. */
export const sizes: Readonly<Record<SizeName, Size>> = {
  small: { batch: 4, length: 32, width: 32, heads: 2, inner: 64 },
  odd: { batch: 2, length: 7, width: 24, heads: 3, inner: 40 },
  medium: { batch: 8, length: 64, width: 64, heads: 4, inner: 256 },
};

/** Tokens there are; what they are does not matter to speed. */
export const vocabulary = 64;

/**
 * The model of that size. Its gain is one at which no sample of a solve blows up or meets round-off within
 * the iterations measured: it would then be held, and an iteration cost something else.
 */
export const configOf = ({ width, heads, inner }: Size): TransformerConfig => ({
  cell: 'transformer',
  vocabulary,
  dModel: width,
  heads,
  dInner: inner,
  preLayerNorm: false,
  memoryLength: 0,
  gain: 1.5,
});

/**
 * Multiply-adds of one f: what the layer needs, so a pair of positions that the mask hides counts for
 * nothing, whatever a kernel does with it. Sums, softmax and layer norm are not counted.
 */
export function multiplyAdds({ batch, length, width, inner }: Size): number {
  const positions = length * width ** 2;
  const rows = batch * length * (3 * width ** 2 + width ** 2 + 2 * width * inner);
  // Scores of contents and of positions, and the mixing of values, over all heads.
  const attention = (batch * 3 * width * length * (length + 1)) / 2;
  return positions + rows + attention;
}
