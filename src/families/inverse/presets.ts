import type { PresetTable } from '../../schema/preset.ts';

/** A picked seven with noise, by plain steps of gradient descent. */
const restoring = {
  'problem.family': 'inverse',
  'solver.method': 'picard',
  'solver.maxIterations': 100,
} as const;

/** The regulariser that was trained for this page, untied: 16 kernels of 7 × 7, twice. */
const learnt = {
  ...restoring,
  'inverse.weights': 'pretrained',
  'inverse.tie': 'untied',
  'inverse.sigma': 'relu',
  'inverse.kernel': 7,
} as const;

/** The presets of the Solve view, in the order they are offered. */
export const inverseSolvePresets = {
  'inverse-denoise': {
    title: 'A digit out of the noise',
    claim:
      'Sixteen kernels that have learnt what digits look like: where they and the measurement balance, the picture is 7 dB nearer to the truth than what was measured.',
    settings: learnt,
  },
  'inverse-bound': {
    title: 'How far a step may go',
    claim:
      'Tied and linear, gradient descent converges for every τ below 2/λmax and for none above: 2 % on either side decide. Drag τ past the bound and the picture tears.',
    settings: {
      ...restoring,
      'inverse.channels': 2,
      'inverse.kernel': 3,
      'inverse.gamma': 4,
      'inverse.tau': 0.393,
    },
  },
  'inverse-transfer': {
    title: 'Learnt on noise, used on a blur',
    claim:
      'The same kernels, trained to take noise away, and never on a blur: put beside another K they sharpen a blurred digit by 5 dB.',
    settings: { ...learnt, 'inverse.operator': 'deblur', 'inverse.noise': 0.1 },
  },
} as const satisfies PresetTable;

/** The presets of the Train view, in the order they are offered. */
export const inverseTrainPresets = {
  'train-regulariser': {
    title: 'Learn what digits look like',
    claim:
      'In 60 steps a regulariser that only smoothed takes 5 dB of noise off digits it has not seen; untied layers, a deep equilibrium network, get a little further than tied ones, bilevel learning.',
    settings: {
      'problem.family': 'inverse',
      'inverse.sigma': 'relu',
      'inverse.kernel': 7,
      'train.steps': 60,
      'train.batch': 16,
      'train.learningRate': 8e-3,
      'train.tolerance': 1e-2,
      'train.adjointTolerance': 1e-2,
      'train.jacobianWeight': 0.01,
      'train.weightDecay': 0,
      'train.validateEvery': 15,
      'train.spectrumEvery': 30,
    },
  },
} as const satisfies PresetTable;
