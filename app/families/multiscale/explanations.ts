import type { Explanations } from '../../ui/fields/explain/explanations.ts';
import { meantExplained, mnist, shiftExplained } from '../digitExplanations.ts';

const mdeq = 'Bai, Koltun, Kolter 2020, Multiscale deep equilibrium models, arXiv:2006.08656';
const code = 'locuslab/deq, MDEQ-Vision, mdeq_core.py';

/** The mathematics behind the settings of networks of two resolutions. */
export const multiscaleExplanations: Explanations = {
  'multiscale.channels': {
    formulas: [
      ['multiscaleState'],
      ['multiscaleFine', 'the finer resolution'],
      ['multiscaleCoarse', 'the coarser one'],
    ],
    source: `${mdeq}; ${code}. The sizes are this page’s: small enough for a browser`,
  },
  'multiscale.expansion': {
    formulas: [['multiscaleBlock', 'with e C channels between W_a and W_b']],
    source: `${code}, BasicBlock; 5 there (DEQ_EXPAND)`,
  },
  'multiscale.weights': {
    formulas: [['multiscaleBlock', 'trained: all kernels, norms, the stem and the read-out']],
    source: `names and layouts of a file: ${code}; pretrained: made with this page’s own trainer`,
  },
  'multiscale.gain': {
    formulas: [['multiscaleGain', 'of the norms that end f']],
    source: `1 in ${code}; a smaller start is this page’s choice`,
  },
  'multiscale.shift': shiftExplained,
  'sketch.pixels': {
    formulas: [['normalisedPixels', 'of each pixel p between 0, black, and 1']],
    source: `${mnist}; mean and deviation of its pixels`,
  },
  'sketch.digit': meantExplained,
};
