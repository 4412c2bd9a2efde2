import type { PresetTable } from './preset.ts';

/** Two hundred steps, a matter of seconds: enough to see where a run is going. */
const short = { 'train.steps': 200, 'train.spectrumEvery': 50, 'sample.every': 50 } as const;

/** The presets of the Train view, in the order they are offered. */
export const trainPresets = {
  'train-moby-dick': {
    title: 'Train on Moby-Dick',
    claim:
      'In 200 steps the loss halves: from guessing to the letters English uses, and in what order.',
    settings: short,
  },
  'train-own': {
    title: 'Train on your own text',
    claim:
      'Paste some pages of anything: in 200 steps it beats letter frequencies. The text stays here.',
    settings: { ...short, 'data.source': 'own' },
  },
  'train-copy': {
    title: 'Learn to copy',
    claim:
      'The loss falls below what letter frequencies alone can give: it has begun to look back.',
    settings: { ...short, 'train.steps': 400, 'train.learningRate': 1e-2, 'data.source': 'copy' },
  },
  'train-one-step': {
    title: 'One-step gradient',
    claim: 'It learns nearly as well as the exact gradient here, for well under its evaluations.',
    settings: { ...short, 'backward.method': 'one-step' },
  },
  'train-penalty': {
    title: 'Jacobian penalty',
    claim:
      'Trained fast, the layer grows hard to solve; with the penalty its solves stay accurate.',
    settings: {
      ...short,
      'train.steps': 400,
      'train.learningRate': 2e-2,
      'train.jacobianWeight': 0.5,
    },
  },
} as const satisfies PresetTable;
