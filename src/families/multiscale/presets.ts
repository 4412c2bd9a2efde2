import type { PresetTable } from '../../schema/preset.ts';

/** The network that was trained on digits, and a picked seven. */
const digit = {
  'problem.family': 'multiscale',
  'solver.tolerance': 1e-4,
} as const;

/** The presets of the Solve view, in the order they are offered. */
export const multiscaleSolvePresets = {
  'multiscale-digit': {
    title: 'Two resolutions in one equilibrium',
    claim:
      'Trained on digits with a penalty on its Jacobian, 14 × 14 and 7 × 7 pixels settle together: within fifteen steps to 1e-4, even by plain iteration.',
    settings: digit,
  },
  'multiscale-random': {
    title: 'Norms take every scale away',
    claim:
      'With random weights plain iteration settles at an output gain of 0.3 no more than at 2: what is small is normed as large again. With the trained ones it does; they were learnt under a penalty on the Jacobian.',
    settings: {
      ...digit,
      'solver.method': 'picard',
      'solver.maxIterations': 100,
      'multiscale.weights': 'random',
      'multiscale.gain': 0.3,
    },
  },
} as const satisfies PresetTable;

/** The presets of the Train view, in the order they are offered. */
export const multiscaleTrainPresets = {
  'train-multiscale': {
    title: 'Learn to read at two resolutions',
    claim:
      'In 40 steps it tells more than two in three of the digits held out, and needs the memory of one evaluation.',
    settings: {
      'problem.family': 'multiscale',
      'multiscale.weights': 'random',
      'train.steps': 40,
      'train.batch': 32,
      'train.validateEvery': 20,
      'train.spectrumEvery': 0,
    },
  },
} as const satisfies PresetTable;
