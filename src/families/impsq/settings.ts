import { longestPicture } from '../../inputs/pictures/marks.ts';
import type { FamilySettings } from '../../schema/family.ts';
import { choice, int, real, text } from '../../schema/field.ts';

/** The network of coordinates. */
const networkFields = {
  filter: choice({
    label: 'Filter',
    symbol: 'g(x)',
    help: 'What a place x in the picture does to the state. Fourier: every unit is multiplied by a wave of x. Gabor: by a wave within a spot. Sine: a wave of state and place together. Huang, Bai, Kolter 2021 have all three.',
    default: 'fourier',
    labels: { fourier: 'Fourier', gabor: 'Gabor', sine: 'sine' },
  }),
  width: int({
    label: 'Width',
    symbol: 'C',
    unit: 'units',
    help: 'Numbers of the state at each place of the picture.',
    default: 64,
    min: 4,
    max: 128,
  }),
  layers: int({
    label: 'Layers',
    symbol: 'L',
    help: 'Filters that the state passes in one evaluation of f, each with weights of its own.',
    default: 1,
    min: 1,
    max: 3,
  }),
  scale: real({
    label: 'Frequency',
    symbol: 's',
    help: 'How fast the waves of the random filters may run: from one edge of the picture to the other about s/4 of them. Too slow ones draw a blur, too fast ones noise between the pixels.',
    default: 48,
    min: 1,
    max: 256,
    step: 1,
  }),
  norm: choice({
    label: 'Weight bound',
    symbol: '‖W‖₂',
    help: 'Spectral: weights longer than 0.97 are scaled down to it, so that f is a contraction at every place and has one fixed point, whatever is learnt. None: nothing promises that.',
    default: 'spectral',
    labels: { spectral: 'spectral', none: 'none' },
  }),
  weights: choice({
    label: 'Weights',
    help: 'Random ones from the seed, which draw noise; those that were trained for this page on its own pictures (Gabor and sine on the balloon alone); or the ones you trained or loaded.',
    default: 'pretrained',
    labels: { random: 'random', pretrained: 'pretrained', trained: 'yours' },
  }),
} as const;

/** What is to be drawn. */
const sceneFields = {
  picture: text({
    label: 'Picture',
    help: 'What the network is to draw: one of the page’s, or your own, which stays in this browser.',
    default: 'balloon',
    maxLength: longestPicture,
    picture: true,
  }),
  enlarge: choice({
    label: 'Drawn at',
    help: 'The network is a function of places, not of pixels: it can be asked on a grid twice or four times as fine as the picture it has learnt, and f is solved there.',
    default: '1',
    labels: { '1': 'its pixels', '2': '2 × as fine', '4': '4 × as fine' },
  }),
} as const;

export const impsqSettings = {
  title: 'Implicit picture',
  help: 'One picture as a function of its coordinates: at every place the fixed point of a small layer of waves says the colour (ImpSq).',
  input: 'picture',
  learns: { unit: 'rows', from: 'picture', measured: 'the whole picture', data: 'scene' },
  model: { impsq: networkFields },
  inputs: { scene: sceneFields },
  cards: {},
  names: { impsq: 'Network', scene: 'Picture' },
  shared: [],
  maps: {},
  layer: 'impsq.filter',
  solveOnly: ['scene.enlarge'],
  weights: {
    path: 'impsq.weights',
    pretrained: {
      fourier: 'models/pictures-fourier.safetensors',
      gabor: 'models/pictures-gabor.safetensors',
      sine: 'models/pictures-sine.safetensors',
    },
    file: 'A safetensors file with the tensor names of the paper’s code',
  },
} as const satisfies FamilySettings;
