import type { PresetTable } from '../../schema/preset.ts';

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
      'Anderson finds the fixed point of a one-layer transformer, where infinite depth would end.',
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
      'With spectral radius 0.97 plain iteration crawls; Anderson takes less than a tenth of its steps.',
    settings: {
      'cell.kind': 'tanh',
      'cell.width': 16,
      'cell.gain': 1,
      'random.seed': 15,
      'solver.method': 'picard',
      'solver.maxIterations': 200,
    },
  },
  'non-normal': {
    title: 'It rises before it falls',
    claim:
      'ρ is below 1, so Picard converges; yet J stretches (σ > 1), and the residual first triples.',
    settings: {
      ...small,
      'cell.width': 6,
      'cell.heads': '2',
      'cell.gain': 2,
      'random.seed': 83,
      'input.text': 'e',
      'solver.method': 'picard',
      // The first relative residual is always 1: only the absolute one can rise from there.
      'solver.stopMode': 'abs',
    },
  },
  damping: {
    title: 'Damping cures swinging',
    claim:
      'Plain iteration keeps swinging around the fixed point; with damping at 0.7 it settles there.',
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
      'solver.method': 'broyden',
      ...small,
      'cell.gain': 1.4,
      'random.seed': 7,
    },
  },
  'two-fixed-points': {
    title: 'Two fixed points',
    claim:
      'Run it, then press Perturb: noise of 0.1 ‖z‖ comes back, noise of 2 ‖z‖ lands on another fixed point.',
    settings: {
      ...small,
      'cell.width': 2,
      'cell.heads': '2',
      'cell.gain': 2,
      'random.seed': 12,
      'input.text': 'a',
      'solver.method': 'picard',
    },
  },
  'anderson-window': {
    title: 'How much Anderson remembers',
    claim:
      'A window of 1 is plain iteration and fails; 3 converges, and 6 in about half its steps.',
    settings: {
      ...small,
      'cell.gain': 1.2,
    },
  },
  'broyden-anderson': {
    title: 'Iterations are not evaluations',
    claim:
      'With a line search Broyden takes fewer iterations than Anderson, and over a third more evaluations of f.',
    settings: {
      'solver.method': 'broyden',
      ...small,
      'cell.gain': 1.2,
      'random.seed': 2,
      'solver.lineSearch': true,
    },
  },
  'broyden-rank': {
    title: 'Broyden short of memory',
    claim: 'Kept to five rank-one pairs, Broyden diverges on a problem it solves with thirty.',
    settings: {
      'solver.method': 'broyden',
      ...small,
      'cell.gain': 1.2,
      'solver.rank': 5,
      'solver.maxIterations': 100,
    },
  },
  'singular-anderson': {
    title: 'A singular mixing problem',
    claim:
      'Ten residuals in two dimensions depend on each other: Anderson leaves the older ones out, and with λ = 1e-10 takes fewer iterations than with 1e-4.',
    settings: {
      ...small,
      'cell.width': 2,
      'cell.heads': '2',
      'cell.gain': 1.5,
      'random.seed': 9,
      'input.text': 'a',
      'solver.window': 10,
      'solver.ridge': 1e-10,
    },
  },
  'no-solver': {
    title: 'Beyond every solver',
    claim: 'With the gain at 2.5 neither Picard nor Anderson nor Broyden finds a fixed point.',
    settings: {
      ...small,
      'cell.gain': 2.5,
      'solver.maxIterations': 100,
    },
  },
  'float32-floor': {
    title: 'The float32 floor',
    claim: 'No solver gets to 1e-8: below about 1e-7 the residual is rounding error.',
    settings: {
      ...small,
      'cell.gain': 0.6,
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
      'solver.method': 'broyden',
      'input.text':
        'It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness, it was the epoch o',
    },
  },
  pretrained: {
    title: 'Pretrained on Moby-Dick',
    claim:
      'A trained layer mostly knows its prediction iterations before its fixed point has settled.',
    settings: {
      'solver.method': 'broyden',
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
    },
  },
  gradients: {
    title: 'Cheap gradients, measured',
    claim:
      'Cosine with the exact gradient: one step 0.75, five phantom steps 0.91, five Neumann terms 0.98.',
    settings: {
      'cell.width': 8,
      'cell.inner': 16,
      // Gradients are compared at a fixed point, and in so narrow a layer Picard alone gets there.
      'solver.method': 'picard',
      'solver.tolerance': 1e-5,
      'solver.maxIterations': 200,
      'backward.method': 'neumann',
      'input.text': 'equilibrium',
    },
  },
  memory: {
    title: 'Memory showdown',
    claim:
      'Through 96 layers training takes 10 times the DEQ’s memory with fused kernels, over 20 times with TensorFlow.js’s own.',
    settings: { 'memory.depth': 96 },
  },
} as const satisfies PresetTable;

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
