import type { PresetTable } from '../../schema/preset.ts';

/** The network that was trained on drawn shapes, and a picked one. */
const shape = {
  'problem.family': 'refinement',
  'solver.tolerance': 1e-4,
} as const;

/** The presets of the Solve view, in the order they are offered. */
export const refinementSolvePresets = {
  'refinement-shape': {
    title: 'A mask that refines itself',
    claim:
      'A ring in noise, partly under a bar: after one step its mask has an IoU of 0.66, no better than a threshold’s; at rest it has 0.88. What is seen reaches what is hidden iteration by iteration, and even plain ones settle.',
    settings: shape,
  },
  'refinement-gain': {
    title: 'How much of itself it sees',
    claim:
      'The last norm’s gain is the size of z beside the features it is added to. With random weights plain iteration settles within 20 steps at 0.3, within 90 at 1, and at 4 not within a hundred.',
    settings: {
      ...shape,
      'solver.method': 'picard',
      'solver.maxIterations': 100,
      'refinement.weights': 'random',
    },
  },
} as const satisfies PresetTable;

/** The presets of the Train view, in the order they are offered. */
export const refinementTrainPresets = {
  'train-refinement': {
    title: 'First unrolled, then implicit',
    claim:
      'As in the paper, an explicit head of four layers learns first and the implicit one goes on from where it is. Held-out masks come out as good as by the implicit one all along, for a fifth fewer evaluations.',
    settings: {
      'problem.family': 'refinement',
      'refinement.weights': 'random',
      'refinement.gain': 1,
      'train.learningRate': 1e-2,
      'train.steps': 80,
      'train.batch': 16,
      'train.pretrainSteps': 40,
      'train.pretrainDepth': 4,
      'train.validateEvery': 20,
      'train.spectrumEvery': 0,
    },
  },
} as const satisfies PresetTable;
