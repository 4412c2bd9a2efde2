import type { Explanations } from '../../ui/fields/explain/explanations.ts';
import { meantExplained, mnist, shiftExplained } from '../digitExplanations.ts';

const mondeq = 'Winston, Kolter 2020, arXiv:2006.08591';
const code = 'locuslab/monotone_op_net';
const splittings = 'Ryu, Boyd 2016, A primer on monotone operator methods';

/** The mathematics behind the settings of monotone networks and of what they look at. */
export const monotoneExplanations: Explanations = {
  'monotone.cell': {
    formulas: [
      ['monotoneCell'],
      ['monotoneWeights', 'fully connected'],
      ['monotoneConvolution', 'convolutional, ∗ wrapping around the edge'],
    ],
    source: `${mondeq}; ${code}, mon.py`,
  },
  'monotone.hidden': { formulas: [['stateOf']], source: `${mondeq}; 87 units for MNIST: ${code}` },
  'monotone.channels': { formulas: [['channels']], source: `${mondeq}; ${code}, SingleConvNet` },
  'monotone.m': {
    formulas: [['monotoneWeights'], ['monotoneBound', 'so that there is exactly one z*']],
    source: mondeq,
  },
  'monotone.weights': {
    formulas: [['monotoneWeights', 'trained: A, B, U, b and the read-out']],
    source: `names and layouts of a file: ${code}; pretrained: made with this page’s own trainer`,
  },
  'monotone.gain': {
    formulas: [['monotoneGain', 'g the gain; between n channels, 9 n for n']],
    source: `PyTorch’s start of a linear layer; ${code}`,
  },
  'monotone.alpha': {
    formulas: [
      ['forwardBackward', 'Forward–backward'],
      ['forwardBackwardBound', 'which converges for'],
      ['peacemanRachford', 'Peaceman–Rachford, for every α above 0'],
      ['peacemanRachfordStep'],
      ['peacemanRachfordInverse', 'with'],
    ],
    source: `${mondeq}; ${splittings}; tuning: ${code}, run_tune_alpha`,
  },
  'monotone.shift': shiftExplained,
  'drawing.pixels': {
    formulas: [['normalisedPixels', 'of each pixel p between 0, black, and 1']],
    source: `${mnist}; mean and deviation: ${code}`,
  },
  'drawing.digit': meantExplained,
};
