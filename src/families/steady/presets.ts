import type { PresetTable } from '../../schema/preset.ts';

/** The presets of the Solve view, in the order they are offered. */
export const steadySolvePresets = {
  'steady-flow': {
    title: 'A flow where iteration fails',
    claim:
      'ρ is above 1 and plain iteration never settles; yet no eigenvalue has a real part above 1, and the flow dz/dt = f(z) − z does.',
    settings: {
      'problem.family': 'steady',
      'steady.gain': 2,
      'solver.method': 'picard',
      'solver.map': 'rk4',
      'solver.flowStep': 1,
    },
  },
  'steady-newton': {
    title: 'Newton’s cliff',
    claim:
      'Once it is near, Newton squares its error at every step, down to float32’s floor in a handful of steps; Broyden needs several times as many.',
    settings: {
      'problem.family': 'steady',
      'steady.gain': 2.5,
      'steady.rotation': 60,
      'random.seed': 2,
      'solver.method': 'newton',
      'solver.tolerance': 1e-6,
    },
  },
  'steady-dense-broyden': {
    title: 'Textbook Broyden',
    claim:
      'The inverse Jacobian as one matrix, from minus the identity: it is wrong almost everywhere and right where the steps go.',
    settings: {
      'problem.family': 'steady',
      'steady.width': 6,
      'steady.gain': 1,
      'solver.method': 'broyden-dense',
      'solver.tolerance': 1e-5,
    },
  },
  'steady-skip': {
    title: 'Where a solve starts',
    claim:
      'Trained to tell two moons apart, the network has learnt where its solves should start as well: from there they take fewer steps than from zeros, and end at the same point.',
    settings: {
      'problem.family': 'steady',
      'steady.weights': 'pretrained',
      'steady.samples': 8,
      'solver.method': 'picard',
      'solver.start': 'learned',
      'solver.tolerance': 1e-2,
    },
  },
} as const satisfies PresetTable;

/** The presets of the Train view, in the order they are offered. */
export const steadyTrainPresets = {
  'train-skip': {
    title: 'A start that is learnt',
    claim:
      'A small map guesses the steady state from the point, and learns as the network does: solves that begin there take fewer and fewer of the evaluations that a start at zeros takes.',
    settings: {
      'problem.family': 'steady',
      'steady.gain': 1,
      'steady.rotation': 60,
      'solver.start': 'learned',
      'train.steps': 300,
      'train.batch': 32,
      'train.learningRate': 1e-2,
      'train.validateEvery': 25,
      'train.spectrumEvery': 50,
    },
  },
} as const satisfies PresetTable;
