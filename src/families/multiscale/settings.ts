import type { FamilySettings } from '../../schema/family.ts';
import { choice, int, real } from '../../schema/field.ts';
import { digitFields, shiftField } from '../digitSettings.ts';

/** The network. */
const multiscaleFields = {
  channels: choice({
    label: 'Channels',
    symbol: 'C',
    unit: 'channels',
    help: 'Feature maps of the finer resolution, 14 × 14; the coarser one, 7 × 7, has twice as many.',
    default: '8',
    labels: { 4: '4 and 8', 8: '8 and 16', 12: '12 and 24', 16: '16 and 32' },
  }),
  expansion: int({
    label: 'Expansion',
    symbol: 'e',
    help: 'How many times as many channels a residual block has between its two convolutions. The paper’s networks have 5.',
    default: 2,
    min: 1,
    max: 5,
  }),
  weights: choice({
    label: 'Weights',
    help: 'Random ones from the seed, those that were trained on digits for this page, or the ones you trained or loaded: a safetensors file with the tensor names of the paper’s code.',
    default: 'pretrained',
    labels: { random: 'random', pretrained: 'pretrained', trained: 'yours' },
  }),
  gain: real({
    label: 'Output gain',
    symbol: 'g',
    help: 'What the norms after the fusion multiply with where the weights are random: the scale of f’s values. The norms within the blocks take it away again, so that a small one does not make f contractive.',
    default: 0.5,
    min: 0.05,
    max: 4,
    step: 0.05,
  }),
  shift: shiftField,
} as const;

export const multiscaleSettings = {
  title: 'Multiscale network',
  help: 'A digit at two resolutions at once, each in equilibrium with the other (MDEQ).',
  input: 'drawing',
  learns: { unit: 'digits', from: 'digits' },
  model: { multiscale: multiscaleFields },
  inputs: { sketch: digitFields },
  cards: {},
  names: { multiscale: 'Model', sketch: 'Drawing' },
  shared: [],
  maps: {},
  weights: {
    path: 'multiscale.weights',
    pretrained: 'models/multiscale-digits.safetensors',
    file: 'A safetensors file with the tensor names of the paper’s code',
  },
} as const satisfies FamilySettings;
