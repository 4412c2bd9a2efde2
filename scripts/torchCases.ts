/** Set-ups whose Python programs are run beside the engine, by `torchCheck.ts` and by a test. */
import type { FieldPath } from '../src/schema/fields.ts';
import type { PresetName } from '../src/schema/presets.ts';

/** A set-up to be compared. */
export interface TorchCase {
  readonly name: string;
  readonly preset: PresetName;
  readonly changes?: Partial<Record<FieldPath, unknown>>;
  /**
   * Arguments of `train` beside `--steps 5` and the file to write. `TEXT` stands for a text file, `DIGITS` for the page's
   * digits.
   */
  readonly train: readonly string[];
}

const small = ['--text', 'TEXT', '--batch', '2', '--length', '16'];

const digits = ['--data', 'DIGITS', '--batch', '8', '--held-out', '50'];
const points = ['--points', '60', '--batch', '8'];

export const torchCases: readonly TorchCase[] = [
  { name: 'transformer, post-LN, Anderson', preset: 'char-transformer', train: small },
  {
    name: 'transformer, pre-LN, Broyden with line search, weight norm and dropout in training',
    preset: 'char-transformer',
    changes: {
      'cell.layerNorm': 'pre',
      'solver.method': 'broyden',
      'solver.lineSearch': true,
      // At the default gain and rank this solve does not converge, and two that wander cannot be compared.
      'cell.gain': 0.5,
      'solver.rank': 100,
      'solver.tolerance': 1e-5,
      'train.weightNorm': true,
      'train.dropout': 0.2,
      'backward.method': 'phantom',
    },
    train: [...small, '--tokenizer', 'bpe', '--merges', '40', '--width', '16'],
  },
  {
    name: 'transformer, pretrained, memory, damped Anderson, absolute ridge',
    preset: 'pretrained',
    changes: {
      'solver.damping': 0.7,
      'solver.ridgeMode': 'absolute',
      'train.memory': 8,
      'backward.method': 'neumann',
    },
    train: small,
  },
  {
    name: 'TrellisNet, kernel 3, Broyden, seeded adjoint, memory, bytes, jitter and warm start',
    preset: 'char-transformer',
    changes: {
      'backward.solver': 'broyden',
      'backward.seeded': true,
      'cell.kind': 'trellis',
      'cell.kernel': 3,
      'solver.method': 'broyden',
      'solver.rank': 12,
      'solver.tolerance': 1e-5,
      'train.memory': 8,
      'train.weightNorm': true,
      'train.depthJitter': 3,
      'train.warmStart': true,
    },
    train: [...small, '--tokenizer', 'byte', '--fresh'],
  },
  {
    name: 'tanh, Broyden, SHINE',
    preset: 'contraction',
    changes: {
      'solver.method': 'broyden',
      'solver.tolerance': 1e-5,
      'backward.method': 'shine',
    },
    train: small,
  },
  {
    name: 'TrellisNet, Heun’s flow, start at f(0), one-step',
    preset: 'char-transformer',
    changes: {
      'cell.kind': 'trellis',
      'solver.map': 'heun',
      'solver.start': 'evaluation',
      'solver.tolerance': 1e-5,
      'backward.method': 'one-step',
    },
    train: [...small, '--dropout', '0.1'],
  },
  {
    name: 'tanh, Picard as torchdeq has it, unrolled after shallow steps',
    preset: 'contraction',
    changes: {
      'solver.convention': 'torchdeq',
      'solver.damping': 0.8,
      'solver.tolerance': 1e-6,
      'train.pretrainSteps': 2,
      'backward.method': 'unrolled',
    },
    train: small,
  },
  {
    name: 'tanh, Anderson, adjoint by Broyden, absolute residual',
    preset: 'anderson-window',
    changes: {
      'solver.stopMode': 'abs',
      'solver.tolerance': 1e-5,
      'backward.solver': 'broyden',
    },
    train: [...small, '--clip', '0.5'],
  },
  {
    name: 'monotone, shipped, Peaceman–Rachford',
    preset: 'monotone-digit',
    changes: { 'solver.tolerance': 1e-6 },
    train: digits,
  },
  {
    name: 'monotone, random, Anderson on forward–backward, adjoint by Broyden, larger than here',
    preset: 'monotone-step',
    changes: {
      'monotone.weights': 'random',
      'monotone.hidden': 40,
      'monotone.m': 0.8,
      'solver.method': 'anderson',
      'solver.tolerance': 1e-6,
      'backward.solver': 'broyden',
    },
    train: [...digits, '--units', '140', '--m', '0.5'],
  },
  {
    name: 'monotone, shipped, Anderson on f as monDEQ measures it, Neumann',
    preset: 'monotone-digit',
    changes: {
      'solver.map': 'plain',
      'solver.method': 'anderson',
      'solver.convention': 'mondeq',
      'solver.tolerance': 1e-6,
      'backward.method': 'neumann',
    },
    train: [...digits, '--shift', '0'],
  },
  {
    name: 'monotone convolution, shipped, Broyden on Peaceman–Rachford',
    preset: 'monotone-conv',
    changes: { 'solver.method': 'broyden', 'solver.tolerance': 1e-6 },
    train: digits,
  },
  {
    name: 'monotone convolution, random, forward–backward from f(0), a drawing of what is not said',
    preset: 'monotone-conv',
    changes: {
      'monotone.weights': 'random',
      'monotone.channels': 3,
      'monotone.gain': 1.5,
      'monotone.alpha': 0.1,
      'drawing.digit': 'unsaid',
      'solver.map': 'forward-backward',
      'solver.maxIterations': 200,
      'solver.tolerance': 1e-6,
      'solver.start': 'evaluation',
    },
    train: [...digits, '--fresh'],
  },
  {
    name: 'multiscale, shipped, Anderson',
    preset: 'multiscale-digit',
    changes: { 'solver.tolerance': 1e-6 },
    train: digits,
  },
  {
    name: 'multiscale, random, Picard, a drawing of what is not said, larger',
    preset: 'multiscale-random',
    changes: { 'solver.tolerance': 1e-6, 'sketch.digit': 'unsaid', 'multiscale.channels': '4' },
    train: [...digits, '--channels', '12', '--expansion', '1'],
  },
  {
    name: 'small system, random, a flow by Runge–Kutta',
    preset: 'steady-flow',
    changes: { 'solver.tolerance': 1e-6 },
    train: points,
  },
  { name: 'small system, random, Newton', preset: 'steady-newton', train: points },
  {
    name: 'small system, random, dense Broyden',
    preset: 'steady-dense-broyden',
    changes: { 'solver.tolerance': 1e-6 },
    train: [...points, '--fresh'],
  },
  {
    name: 'linear unit, random, adaptive flow',
    preset: 'steady-flow',
    changes: {
      'steady.cell': 'unit',
      'steady.gain': 1.2,
      'solver.map': 'plain',
      'solver.method': 'ode',
      'solver.errorTolerance': 1e-6,
      'solver.tolerance': 1e-5,
      'solver.maxIterations': 200,
    },
    train: points,
  },
  {
    name: 'points, shipped, Newton–GMRES from the learned start, both ways',
    preset: 'steady-skip',
    changes: {
      'solver.method': 'newton-gmres',
      'solver.tolerance': 1e-6,
      'backward.solver': 'newton-gmres',
    },
    train: points,
  },
  {
    name: 'points, shipped, Anderson on Heun’s flow, a linear unit instead',
    preset: 'steady-skip',
    changes: {
      'solver.method': 'anderson',
      'solver.map': 'heun',
      'solver.tolerance': 1e-6,
      'backward.method': 'phantom',
    },
    train: [...points, '--width', '16', '--cell', 'unit'],
  },
  {
    name: 'inverse, shipped, untied, noise',
    preset: 'inverse-denoise',
    changes: { 'solver.tolerance': 1e-6 },
    train: digits,
  },
  {
    name: 'inverse, tied with the identity, Anderson on a missing part',
    preset: 'inverse-bound',
    changes: {
      'inverse.operator': 'inpaint',
      'solver.method': 'anderson',
      'solver.tolerance': 1e-6,
    },
    train: digits,
  },
  {
    name: 'inverse, fully connected, untied, softshrink, Broyden',
    preset: 'inverse-bound',
    changes: {
      'inverse.cell': 'dense',
      'inverse.units': 20,
      'inverse.tie': 'untied',
      'inverse.sigma': 'softshrink',
      'solver.method': 'broyden',
      'solver.tolerance': 1e-6,
    },
    train: [...digits, '--fresh'],
  },
  {
    name: 'implicit picture, random, Fourier in two layers on a finer grid, Picard, one-step',
    preset: 'picture-waves',
    changes: {
      'impsq.weights': 'random',
      'impsq.width': 12,
      'impsq.layers': 2,
      'scene.picture': 'flower.32',
      'scene.enlarge': '2',
      'backward.method': 'one-step',
    },
    train: ['--scale', '12', '--batch', '8'],
  },
  {
    name: 'implicit picture, random, Gabor without a bound, grey, Anderson',
    preset: 'picture-waves',
    changes: {
      'impsq.weights': 'random',
      'impsq.filter': 'gabor',
      'impsq.width': 16,
      'impsq.norm': 'none',
      'scene.picture': 'sunset.32.grey',
      'solver.method': 'anderson',
    },
    train: ['--filter', 'sine'],
  },
  {
    name: 'implicit picture, random, sine, Broyden',
    preset: 'picture-waves',
    changes: {
      'impsq.weights': 'random',
      'impsq.filter': 'sine',
      'impsq.width': 8,
      'scene.picture': 'reef.32',
      'solver.method': 'broyden',
    },
    train: ['--batch', '32'],
  },
  {
    name: 'refinement, shipped, Anderson',
    preset: 'refinement-shape',
    changes: { 'solver.tolerance': 1e-6 },
    train: ['--batch', '4', '--held-out', '10'],
  },
  {
    name: 'refinement, random, Picard, larger, first unrolled',
    preset: 'refinement-gain',
    changes: {
      'solver.tolerance': 1e-6,
      'refinement.channels': '8',
      'train.pretrainSteps': 3,
      'train.pretrainDepth': 4,
    },
    train: ['--batch', '4', '--held-out', '10', '--channels', '24', '--noise', '0.1'],
  },
];
