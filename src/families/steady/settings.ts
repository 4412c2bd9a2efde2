import type { FamilySettings } from '../../schema/family.ts';
import { choice, int, real } from '../../schema/field.ts';

/** A small system of random numbers, by its shape and the spectrum of W. */
const systemFields = {
  cell: choice({
    label: 'Cell',
    symbol: 'f(z, x)',
    help: 'tanh(z W + x U + b), or the linear unit tanh([z, x] Mᵀ) without a bias.',
    default: 'tanh',
    labels: { tanh: 'tanh', unit: 'linear unit' },
  }),
  width: int({
    label: 'Width',
    symbol: 'n',
    unit: 'units',
    help: 'Numbers of one sample’s state. Small enough for every method: Newton’s matrix, dense Broyden’s, all eigenvalues.',
    default: 10,
    min: 1,
    max: 64,
  }),
  samples: int({
    label: 'Samples',
    unit: 'samples',
    help: 'Random inputs x that are solved for side by side.',
    default: 2,
    min: 1,
    max: 8,
  }),
  gain: real({
    label: 'Weight gain',
    symbol: 'g',
    help: 'Scale of the random W: without its nonlinearity the cell’s eigenvalues reach about g.',
    default: 1.5,
    min: 0.05,
    max: 6,
    step: 0.05,
  }),
  rotation: int({
    label: 'Rotation',
    symbol: 'φ',
    unit: '°',
    help: 'W = g (cos φ S + sin φ A) with S symmetric and A antisymmetric: at 0° its eigenvalues are real, at 90° imaginary, and between they fill an ellipse. A flow minds only their real parts, plain iteration their size.',
    default: 75,
    min: 0,
    max: 90,
    step: 5,
  }),
  weights: choice({
    label: 'Weights',
    help: 'Random ones from the seed, with random inputs; or those of a network that tells points of the plane apart: one that was trained for this page, or the one you trained or loaded.',
    default: 'random',
    labels: { random: 'random', pretrained: 'pretrained', trained: 'yours' },
  }),
  input: real({
    label: 'Input scale',
    help: 'Size of what x adds. A large one drives tanh into its flat ends, where the cell contracts.',
    default: 0.5,
    min: 0,
    max: 4,
    step: 0.05,
  }),
} as const;

/** What a network is to tell apart. */
const planeFields = {
  shape: choice({
    label: 'Points',
    help: 'Two classes of points: half circles that reach into each other, a ring within a ring, or two arms of a spiral.',
    default: 'moons',
    labels: { moons: 'moons', rings: 'rings', spirals: 'spirals' },
  }),
  noise: real({
    label: 'Noise',
    symbol: 'σ',
    help: 'How far points are moved off their curve: the standard deviation along either axis. From about 0.3 on the classes overlap.',
    default: 0.1,
    min: 0,
    max: 0.5,
    step: 0.01,
  }),
} as const;

export const steadySettings = {
  title: 'Small system',
  help: 'A few equations of random numbers, small enough for every solver there is: solving as dynamics, flows, Newton’s methods.',
  input: 'none',
  learns: { unit: 'points', from: 'points', data: 'plane' },
  model: { steady: systemFields },
  inputs: {},
  cards: { plane: planeFields },
  names: { steady: 'System', plane: 'Points' },
  shared: [],
  maps: {},
  solveOnly: ['steady.samples'],
  learnedStart: true,
  weights: {
    path: 'steady.weights',
    pretrained: 'models/steady-moons.safetensors',
    gain: 'steady.gain',
  },
} as const satisfies FamilySettings;
