import { heldOutSeven, longestDrawing } from '../../inputs/drawing.ts';
import type { FamilySettings } from '../../schema/family.ts';
import { choice, int, real, text } from '../../schema/field.ts';

/** What was measured, and the regulariser that fills in what was lost. */
const inverseFields = {
  operator: choice({
    label: 'Measured',
    symbol: 'K',
    help: 'What happened to the picture before noise was added: nothing, its upper rows were lost, or it was blurred along a diagonal of five pixels.',
    default: 'denoise',
    labels: { denoise: 'noise only', inpaint: 'missing part', deblur: 'blur' },
  }),
  noise: real({
    label: 'Noise',
    symbol: 'ε',
    help: 'Standard deviation of what is added to every pixel; black is 0, white is 1.',
    default: 0.3,
    min: 0,
    max: 1,
    step: 0.01,
  }),
  missing: real({
    label: 'Missing rows',
    symbol: 'p',
    help: 'Share of the rows, from the top, that nothing was measured of. The paper’s is a third.',
    default: 0.35,
    min: 0,
    max: 0.9,
    step: 0.05,
  }),
  cell: choice({
    label: 'Regulariser',
    symbol: 'R',
    help: 'Small kernels that go over the picture, or matrices that see all of it at once, as the paper has on digits.',
    default: 'conv',
    labels: { conv: 'convolutional', dense: 'fully connected' },
  }),
  tie: choice({
    label: 'Its two layers',
    help: 'Tied: the second is the first one’s transpose, R is the gradient of an energy and ∂f/∂u is symmetric; that is bilevel learning. Untied: two layers of their own, a deep equilibrium network.',
    default: 'tied',
    labels: { tied: 'tied', untied: 'untied' },
  }),
  sigma: choice({
    label: 'Activation',
    symbol: 'σ',
    help: 'Between the two layers. With the identity f is linear; softshrink is 0 up to τ and so depends on the step.',
    default: 'identity',
    labels: { identity: 'identity', relu: 'ReLU', tanh: 'tanh', softshrink: 'softshrink' },
  }),
  tau: real({
    label: 'Step size',
    symbol: 'τ',
    help: 'f is one step of gradient descent of this length. Tied layers converge for 0 < τ < 2/λmax; with the identity they diverge past it.',
    default: 0.5,
    min: 0.01,
    max: 3,
    // Any value: the bound is no round number.
    step: 0,
  }),
  lambda: real({
    label: 'Trust in the data',
    symbol: 'λ',
    help: 'Weight of Kᵀ(K u − y), which draws u to what was measured.',
    default: 1,
    min: 0.05,
    max: 5,
    step: 0.05,
  }),
  gamma: real({
    label: 'Regularisation',
    symbol: 'γ',
    help: 'Weight of R(u), which draws u to what pictures look like.',
    default: 1,
    min: 0,
    max: 8,
    step: 0.05,
  }),
  channels: int({
    label: 'Kernels',
    symbol: 'C',
    unit: 'kernels',
    help: 'Feature maps between the two layers.',
    default: 16,
    min: 2,
    max: 32,
  }),
  kernel: int({
    label: 'Kernel size',
    symbol: 'k',
    unit: 'pixels',
    help: 'Side of a kernel.',
    default: 5,
    min: 3,
    max: 9,
    step: 2,
  }),
  units: int({
    label: 'Hidden units',
    symbol: 'n',
    unit: 'units',
    help: 'Between the two matrices; the paper has as many as pixels, 784.',
    default: 196,
    min: 8,
    max: 784,
  }),
  weights: choice({
    label: 'Weights',
    help: 'From the seed; those that were trained on digits for this page; or the ones you trained or loaded. Kernels from the seed begin with finite differences, as the paper’s do: with the identity R is then what smoothes.',
    default: 'random',
    labels: { random: 'random', pretrained: 'pretrained', trained: 'yours' },
  }),
  gain: real({
    label: 'Weight gain',
    help: 'Scale of the layers from the seed; at 1 the differences have a norm of about 1.',
    default: 1,
    min: 0,
    max: 4,
    step: 0.05,
  }),
} as const;

/** The picture that is to be found again. */
const originalFields = {
  pixels: text({
    label: 'Picture',
    help: 'A digit on 28 × 28 pixels, drawn or picked from those that were held out of training. It is measured with noise from the seed.',
    // A held-out seven.
    default: heldOutSeven,
    maxLength: longestDrawing,
  }),
} as const;

export const inverseSettings = {
  title: 'Inverse problem',
  help: 'A picture from a degraded measurement of it: an equilibrium between what was measured and a regulariser that is learnt, as a deep equilibrium network or by bilevel learning.',
  input: 'drawing',
  learns: { unit: 'digits', from: 'digits' },
  model: { inverse: inverseFields },
  inputs: { original: originalFields },
  cards: {},
  names: { inverse: 'Problem', original: 'Original' },
  shared: [],
  maps: {},
  layer: 'inverse.tie',
  weights: {
    path: 'inverse.weights',
    pretrained: {
      tied: 'models/inverse-tied.safetensors',
      untied: 'models/inverse-untied.safetensors',
    },
    gain: 'inverse.gain',
  },
} as const satisfies FamilySettings;
