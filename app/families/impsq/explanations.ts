import type { Explanations } from '../../ui/fields/explain/explanations.ts';

const paper = 'Huang, Bai, Kolter 2021, (Implicit)²: Implicit Layers for Implicit Representations';
const code = 'locuslab/ImpSq';
const filters = 'Fathony, Sahu, Willmott, Kolter 2021, Multiplicative Filter Networks';

/** The mathematics behind the settings of implicit pictures. */
export const impsqExplanations: Explanations = {
  'impsq.filter': {
    formulas: [
      ['pictureOwn'],
      ['fourierFilter', 'Fourier'],
      ['gaborFilter', 'Gabor'],
      ['sineFilter', 'sine'],
    ],
    source: `${paper}; ${code}, modules/structs.py; ${filters}`,
  },
  'impsq.width': { formulas: [['pictureState']], source: `${paper}; theirs have 256 or 512 units` },
  'impsq.layers': { formulas: [['pictureLayers']], source: `${paper}; theirs have 1 or 4` },
  'impsq.scale': {
    formulas: [['pictureFrequency', 'L the number of layers; a Gabor filter’s times √γ']],
    source: `${code}, input_scale; 48 for 64 × 64 pixels: this page`,
  },
  'impsq.norm': {
    formulas: [['pictureBound', 'σ the largest singular value of W']],
    source: `${code}, spectral_norm with clip; the same after Miyato, Kataoka, Koyama, Yoshida 2018`,
  },
  'impsq.weights': {
    formulas: [['pictureLoss', 'trained: all of A, a, W, b, γ, μ and the read-out']],
    source: `names and layouts of a file: ${code}; pretrained: made with this page’s own trainer`,
  },
  'scene.picture': {
    formulas: [['pictureTarget', 'of a pixel’s value p between 0 and 255']],
    source: 'the page’s pictures: free of rights, from scikit-image and stdlib',
  },
  'scene.enlarge': {
    formulas: [['pictureGrid', 'n the places along a side']],
    source: `${paper}: generalisation to a finer grid`,
  },
};
