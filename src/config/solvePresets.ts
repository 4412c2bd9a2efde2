import type { PresetTable } from './preset.ts';

/** A small cell whose whole behaviour is in its gain and its seed: most effects need no more. */
const small = {
  'cell.kind': 'tanh',
  'cell.width': 16,
  'solver.tolerance': 1e-4,
} as const;

/** The presets of the Solve view, in the order they are offered. */
export const solvePresets = {
  'char-transformer': {
    title: 'Tiny char-transformer',
    claim:
      'Broyden finds the fixed point of a one-layer transformer, where infinite depth would end.',
    settings: {},
  },
  contraction: {
    title: 'Contraction 101',
    claim:
      'With small weights, plain iteration shrinks the residual by about the same factor every step.',
    settings: { ...small, 'cell.gain': 0.6, 'solver.method': 'picard' },
  },
  'edge-of-stability': {
    title: 'Near the edge of stability',
    claim:
      'With spectral radius 0.91 plain iteration crawls; Anderson takes less than a quarter of its steps.',
    settings: {
      ...small,
      'cell.gain': 1.1,
      'random.seed': 1,
      'solver.method': 'picard',
      'solver.maxIterations': 120,
    },
  },
  damping: {
    title: 'Damping cures swinging',
    claim: 'Plain iteration swings about the fixed point for ever; a step of 0.7 settles on it.',
    settings: {
      ...small,
      'cell.gain': 1.2,
      'random.seed': 4,
      'solver.method': 'picard',
    },
  },
  'picard-diverges': {
    title: 'Picard fails, Broyden converges',
    claim:
      'With larger weights plain iteration never settles, yet a fixed point exists and Broyden finds it.',
    settings: { ...small, 'cell.gain': 1.2, 'solver.method': 'picard' },
  },
  expansive: {
    title: 'A layer that stretches',
    claim: 'The spectral radius at the fixed point is above 1, and Broyden converges all the same.',
    settings: {
      ...small,
      'cell.gain': 1.4,
      'random.seed': 7,
    },
  },
  'anderson-window': {
    title: 'How much Anderson remembers',
    claim:
      'A window of 1 is plain iteration and fails; 3 converges, and 6 in about half its steps.',
    settings: {
      ...small,
      'cell.gain': 1.2,
      'solver.method': 'anderson',
    },
  },
  'broyden-rank': {
    title: 'Broyden short of memory',
    claim: 'Kept to five rank-one pairs, Broyden diverges on a problem it solves with thirty.',
    settings: {
      ...small,
      'cell.gain': 1.2,
      'solver.rank': 5,
      'solver.maxIterations': 100,
    },
  },
  'no-solver': {
    title: 'Beyond every solver',
    claim: 'With the gain at 2.5 neither Picard nor Anderson nor Broyden finds a fixed point.',
    settings: {
      ...small,
      'cell.gain': 2.5,
      'solver.method': 'anderson',
      'solver.maxIterations': 100,
    },
  },
  'float32-floor': {
    title: 'The float32 floor',
    claim: 'No solver gets to 1e-8: below about 1e-7 the residual is rounding error.',
    settings: {
      ...small,
      'cell.gain': 0.6,
      'solver.method': 'anderson',
      'solver.tolerance': 1e-8,
    },
  },
  'layer-norm': {
    title: 'Post-LN or pre-LN',
    claim: 'Normalised after each sum, the transformer settles in a third of the steps of pre-LN.',
    settings: {
      'cell.gain': 1.5,
      'solver.method': 'picard',
      'solver.maxIterations': 120,
    },
  },
  'long-text': {
    title: 'Four times the text',
    claim: 'A text of 128 characters takes hardly more iterations than one of 32.',
    settings: {
      'input.text':
        'It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness, it was the epoch o',
    },
  },
  pretrained: {
    title: 'Pretrained on Moby-Dick',
    claim:
      'A trained layer mostly knows its prediction iterations before its fixed point has settled.',
    settings: {
      'cell.weights': 'pretrained',
      'cell.width': 64,
      'cell.inner': 128,
      'input.text': 'It was a dark and stormy night, and the whale',
      'sample.prompt': 'The whale ',
    },
  },
  trellisnet: {
    title: 'DEQ-TrellisNet',
    claim:
      'The paper’s second model, a gated causal convolution, has a fixed point too; Anderson finds it.',
    settings: {
      'cell.kind': 'trellis',
      'cell.inner': 32,
      'solver.method': 'anderson',
    },
  },
  gradients: {
    title: 'Cheap gradients, measured',
    claim: 'Each term of the Neumann series brings the gradient closer; one step alone is off.',
    settings: {
      'cell.width': 8,
      'cell.inner': 16,
      'backward.method': 'neumann',
      'input.text': 'equilibrium',
    },
  },
  memory: {
    title: 'Memory showdown',
    claim:
      'Training through 96 layers takes over twenty times the memory of the DEQ, which has no depth.',
    settings: { 'memory.depth': 96, 'solver.method': 'anderson', 'backward.solver': 'anderson' },
  },
} as const satisfies PresetTable;
