import type { Explanations } from '../../ui/fields/explain/explanations.ts';
import { mnist } from '../digitExplanations.ts';

const paper = 'Riccio, Ehrhardt, Benning 2022, arXiv:2206.13193';
const code = 'reacho/deep-equilibrium-vs-bilevel';
const descent =
  'gradient descent on a quadratic: Nesterov 2004, Introductory Lectures on Convex Optimization';

/** The mathematics behind the settings of inverse problems. */
export const inverseExplanations: Explanations = {
  'inverse.operator': {
    formulas: [
      ['inverseMeasured', 'what is measured'],
      ['inverseMask', 'missing part'],
      ['inverseBlur', 'blur, around the edge'],
    ],
    source: `${paper}; ${code}`,
  },
  'inverse.noise': { formulas: [['inverseMeasured']], source: `${paper}; ${code}` },
  'inverse.missing': { formulas: [['inverseMask', 'N rows in all']], source: code },
  'inverse.cell': {
    formulas: [
      ['inverseTied', 'tied'],
      ['inverseUntied', 'untied'],
    ],
    source: `${paper}; matrices on digits, convolutions on faces: ${code}`,
  },
  'inverse.tie': {
    formulas: [
      ['inverseTied', 'tied: bilevel learning'],
      ['inverseUntied', 'untied: a deep equilibrium network'],
    ],
    source: paper,
  },
  'inverse.sigma': { formulas: [['softshrink', 'softshrink']], source: `${paper}; ${code}` },
  'inverse.tau': {
    formulas: [
      ['inverseStep'],
      ['inverseBound', 'with tied layers and σ the identity, and for no other τ'],
    ],
    source: `${paper}; ${descent}`,
  },
  'inverse.lambda': { formulas: [['inverseStep']], source: `${paper}; ${code}` },
  'inverse.gamma': { formulas: [['inverseStep']], source: `${paper}; ${code}` },
  'inverse.channels': { formulas: [['inverseKernels']], source: code },
  'inverse.kernel': { formulas: [['inverseKernels']], source: code },
  'inverse.units': { formulas: [['inverseTied', 'K₀ of n rows']], source: code },
  'inverse.weights': {
    formulas: [
      ['inverseTied', 'tied: K₀ and b'],
      ['inverseUntied', 'untied: W₁, b₁ and W₂'],
    ],
    source: `names of a file: ${code}; pretrained: made with this page’s own trainer`,
  },
  'inverse.gain': {
    formulas: [['inverseDifferences', 'g the gain; further kernels are small and random']],
    source: `${code}: its TV-like start; matrices: PyTorch’s start of a linear layer`,
  },
  'original.pixels': {
    reason: 'No formula: it is what is to be found again, between 0, black, and 1, white.',
    source: mnist,
  },
};
