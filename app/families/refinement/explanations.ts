import type { Explanations } from '../../ui/fields/explain/explanations.ts';

const paper =
  'Ma, Wang, Dong, Yan, Li, Zhang 2021, Implicit feature refinement for instance segmentation, ACM Multimedia, arXiv:2112.04709';
const code = 'lufanma/IFR, mask_head.py';
const own = 'shapes drawn by this page’s own code';

/** The mathematics behind the settings of mask refinement. */
export const refinementExplanations: Explanations = {
  'refinement.noise': {
    formulas: [['refinementSeen', 'of each pixel p between 0, black, and 1; b is 1 under the bar']],
    source: own,
  },
  'refinement.occlusion': {
    formulas: [
      ['refinementSeen', 'b is 1 under the bar, 0 elsewhere'],
      ['refinementMask', 'the mask knows nothing of the bar'],
    ],
    source: own,
  },
  'refinement.channels': {
    formulas: [['refinementState'], ['refinementCell']],
    source: `${paper}; ${code}, BasicBlock. The sizes are this page’s: small enough for a browser`,
  },
  'refinement.weights': {
    formulas: [
      ['refinementCell', 'trained: kernels, norms, the encoder and the head'],
      ['refinementNormed', 'each kernel by its length and direction'],
    ],
    source: `names and layouts of the cell: ${code}; pretrained: made with this page’s own trainer`,
  },
  'refinement.gain': {
    formulas: [['multiscaleGain', 'of N₃, the norm that ends f']],
    source: `1 in ${code}; a smaller start is this page’s choice`,
  },
  'shape.pixels': {
    formulas: [
      ['refinementMask', 'the truth'],
      ['intersectionOverUnion', 'of a mask and the truth'],
    ],
    source: own,
  },
};
