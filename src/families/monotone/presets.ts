import type { PresetTable } from '../../schema/preset.ts';

/** The network that was trained on digits, and a picked seven. */
const digit = {
  'problem.family': 'monotone',
  'solver.method': 'picard',
  'solver.tolerance': 1e-4,
} as const;

/** The presets of the Solve view, in the order they are offered. */
export const monotoneSolvePresets = {
  'monotone-digit': {
    title: 'Unique, and yet out of reach',
    claim:
      'Trained on digits, the layer has one fixed point by construction; plain iteration never settles on it, Peaceman–Rachford is there in under twenty steps.',
    settings: { ...digit, 'solver.map': 'peaceman-rachford' },
  },
  'monotone-step': {
    title: 'How long a step may be',
    claim:
      'Forward–backward converges for α = 0.1, just within the bound 2m/L² of these weights; at α = 1, far past it, it never does.',
    settings: {
      ...digit,
      'solver.map': 'forward-backward',
      'solver.maxIterations': 200,
      'monotone.alpha': 0.1,
    },
  },
  'monotone-conv': {
    title: 'The same with pictures as state',
    claim:
      'A convolutional layer of 710 numbers and a read-out of 2,950 tell 95 % of digits they have not seen; a state of 5,400 numbers settles in about as many steps as one of 87.',
    settings: { ...digit, 'solver.map': 'peaceman-rachford', 'monotone.cell': 'conv' },
  },
  'monotone-starts': {
    title: 'One fixed point, from wherever',
    claim:
      'Random weights three times as large, and kicks of up to ten times the solution: it always comes back to the same point.',
    settings: {
      ...digit,
      'solver.map': 'peaceman-rachford',
      'solver.maxIterations': 200,
      'monotone.weights': 'random',
      'monotone.gain': 3,
      'monotone.alpha': 0.5,
    },
  },
} as const satisfies PresetTable;

/** The presets of the Train view, in the order they are offered. */
export const monotoneTrainPresets = {
  'train-digits': {
    title: 'Learn to read digits',
    claim:
      'In 100 steps it tells more than four in five of the digits held out, and whatever W becomes on the way, its fixed point stays unique.',
    settings: {
      'problem.family': 'monotone',
      'monotone.weights': 'random',
      'solver.method': 'picard',
      'solver.map': 'peaceman-rachford',
      'train.steps': 100,
      'train.batch': 32,
      'train.validateEvery': 25,
      'train.spectrumEvery': 0,
    },
  },
} as const satisfies PresetTable;
