import type { PresetTable } from '../../schema/preset.ts';

/** The presets of the Solve view, in the order they are offered. */
export const impsqSolvePresets = {
  'picture-waves': {
    title: 'A picture out of waves',
    claim:
      'The picture is there after a few evaluations of one layer of 64 waves, solved at all 4,096 places at once; and it is the very solution of a linear system.',
    settings: {
      'problem.family': 'impsq',
      'solver.method': 'picard',
      'solver.tolerance': 1e-5,
    },
  },
  'picture-enlarged': {
    title: 'Between the pixels',
    claim:
      'The network has learnt 64 × 64 pixels, but it is a function of places: solved on a grid four times as fine, it draws what lies between them.',
    settings: {
      'problem.family': 'impsq',
      'scene.picture': 'flower',
      'scene.enlarge': '4',
      'solver.method': 'picard',
    },
  },
} as const satisfies PresetTable;

const learning = {
  'problem.family': 'impsq',
  'impsq.weights': 'random',
  'solver.method': 'picard',
  'train.batch': 16,
  'train.steps': 500,
  'train.learningRate': 2e-2,
  'train.jacobianWeight': 0,
  'train.validateEvery': 20,
  'train.spectrumEvery': 0,
} as const;

/** The presets of the Train view, in the order they are offered. */
export const impsqTrainPresets = {
  'train-picture': {
    title: 'Learn a picture',
    claim:
      'Out of noise the picture appears: in 500 steps a layer of 64 waves draws it to more than 25 dB, learning 16 of its rows a step.',
    settings: learning,
  },
  'train-picture-skip': {
    title: 'Without a solver',
    claim:
      'One evaluation a step, from where the step before left off, and the gradient through it alone: state and weights settle together, in a fraction of the evaluations that solving at every step takes.',
    settings: {
      ...learning,
      // Where the step before left off are the same places: the whole picture.
      'train.batch': 64,
      'train.steps': 160,
      'backward.method': 'one-step',
      'train.warmStart': true,
      'train.maxIterations': 1,
    },
  },
} as const satisfies PresetTable;
