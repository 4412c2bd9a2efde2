import type { FamilySettings } from '../../schema/family.ts';
import { choice, int, real } from '../../schema/field.ts';
import { digitFields, shiftField } from '../digitSettings.ts';

/** The network, and how its splittings step. */
const monotoneFields = {
  cell: choice({
    label: 'Layer',
    symbol: 'W',
    help: 'Fully connected: every hidden unit sees every pixel. Convolutional: 3 × 3 kernels that wrap around the edge, every channel a picture. Winston and Kolter 2020 have both.',
    default: 'fc',
    labels: { fc: 'fully connected', conv: 'convolutional' },
  }),
  hidden: int({
    label: 'Hidden units',
    symbol: 'n',
    unit: 'units',
    help: 'Length of the state z of a fully connected layer. The paper’s has 87 on digits, as the pretrained one here.',
    default: 87,
    min: 2,
    max: 128,
  }),
  channels: int({
    label: 'Channels',
    symbol: 'C',
    unit: 'channels',
    help: 'Pictures of 30 × 30 in the state z of a convolutional layer.',
    default: 6,
    min: 1,
    max: 12,
  }),
  m: real({
    label: 'Monotonicity',
    symbol: 'm',
    help: 'W = (1 − m) I − AᵀA + B − Bᵀ, so that sym(I − W) ⪰ m I. Above 0 there is exactly one fixed point, whatever A and B are; larger is faster to solve and less expressive.',
    default: 1,
    min: 0.05,
    max: 4,
    step: 0.05,
  }),
  weights: choice({
    label: 'Weights',
    help: 'Random ones from the seed, those that were trained on digits for this page, or the ones you trained or loaded: a safetensors file with the names of the paper’s code, of any number of units.',
    default: 'pretrained',
    labels: { random: 'random', pretrained: 'pretrained', trained: 'yours' },
  }),
  gain: real({
    label: 'Weight gain',
    help: 'Scale of the random A and B against PyTorch’s own start. Larger ones keep the fixed point unique, but plain iteration never settles on it.',
    default: 1,
    min: 0,
    max: 6,
    step: 0.1,
  }),
  alpha: real({
    label: 'Step size',
    symbol: 'α',
    help: 'Step of both splittings. Forward–backward converges for 0 < α < 2m/L², L = ‖I − W‖₂, and may beyond; Peaceman–Rachford for every α above 0. At 0 nothing moves, below it the steps go the wrong way.',
    default: 1,
    min: -1,
    max: 4,
    // Any value: tuning halves it, from 1 to 0.0001.
    step: 0,
  }),
  shift: shiftField,
} as const;

export const monotoneSettings = {
  title: 'Monotone network',
  help: 'A digit through one layer whose fixed point is unique by construction, though plain iteration may not find it (monDEQ).',
  input: 'drawing',
  learns: { unit: 'digits', from: 'digits' },
  model: { monotone: monotoneFields },
  inputs: { drawing: digitFields },
  cards: {},
  names: { monotone: 'Model', drawing: 'Drawing' },
  shared: [],
  maps: {
    'forward-backward': {
      label: 'Forward–backward',
      help: 'z ← σ((1 − α) z + α (W z + U x + b)): a shorter plain step, sure of its way for α < 2m/L².',
      converges: 'for 0 < α < 2m/L², because m > 0',
      step: 'alpha',
      options: { alpha: 'monotone.alpha' },
    },
    'peaceman-rachford': {
      label: 'Peaceman–Rachford',
      help: 'Reflects at ((1 + α) I − α W)⁻¹, inverted once a solve, and at σ: converges for every α above 0.',
      converges: 'for every α above 0, because m > 0',
      sure: true,
      step: 'alpha',
      options: { alpha: 'monotone.alpha' },
    },
  },
  layer: 'monotone.cell',
  weights: {
    path: 'monotone.weights',
    pretrained: {
      fc: 'models/monotone-digits.safetensors',
      conv: 'models/monotone-digits-conv.safetensors',
    },
    gain: 'monotone.gain',
    file: 'A safetensors file with the tensor names of the paper’s code: mon.linear_module.A.weight and so on',
  },
} as const satisfies FamilySettings;
