import type { Explanations } from '../../ui/fields/explain/explanations.ts';

const steady = 'Pal, Edelman, Rackauckas 2022, arXiv:2201.12240';

/** The mathematics behind the settings of small systems. */
export const steadyExplanations: Explanations = {
  'steady.cell': {
    formulas: [
      ['tanhCell', 'tanh'],
      ['linearUnit', 'linear unit'],
    ],
    source: `${steady}; the linear unit: SinclairHudson/DeepEquilibrium`,
  },
  'steady.width': { formulas: [['stateOf', 'for each sample']], source: steady },
  'steady.samples': {
    reason: 'No formula: the samples have the weights in common, and are solved side by side.',
    source: 'This page',
  },
  'steady.gain': {
    formulas: [['rotated']],
    source: 'eigenvalues of random matrices: Wigner 1958; Girko 1985',
  },
  'steady.rotation': {
    formulas: [['rotated'], ['ellipse', 'which its eigenvalues fill']],
    source: 'the elliptic law: Girko 1986; Sommers, Crisanti, Sompolinsky, Stein 1988',
  },
  'steady.input': {
    formulas: [['inputScale', 's the scale, and x of four numbers']],
    source: 'This page',
  },
  'steady.weights': {
    formulas: [['cellFixedPoint']],
    source: `the network: ${steady}; pretrained: made with this page’s own trainer`,
  },
  'plane.shape': {
    reason: 'Points on two curves, drawn from the seed.',
    source: 'the moons as in scikit-learn, make_moons',
  },
  'plane.noise': { formulas: [['pointNoise']], source: 'scikit-learn, make_moons, noise' },
};
