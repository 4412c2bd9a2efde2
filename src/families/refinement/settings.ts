import { longestDrawing } from '../../inputs/drawing.ts';
import { heldOutRing } from '../../inputs/shapes.ts';
import type { FamilySettings } from '../../schema/family.ts';
import { choice, real, text } from '../../schema/field.ts';

/** How a picture is spoilt, and the network. */
const refinementFields = {
  noise: real({
    label: 'Noise',
    symbol: 'ε',
    help: 'Standard deviation of what is added to every pixel; black is 0, white is 1. In training each picture draws its own up to this.',
    default: 0.2,
    min: 0,
    max: 1,
    step: 0.05,
  }),
  occlusion: real({
    label: 'Occlusion',
    help: 'Width of a grey bar over the shape, as a share of the picture’s side. What it hides belongs to the mask all the same. In training each picture draws its own up to this.',
    default: 0.15,
    min: 0,
    max: 0.6,
    step: 0.05,
  }),
  channels: choice({
    label: 'Channels',
    symbol: 'C',
    unit: 'channels',
    help: 'Feature maps of 14 × 14 that are refined. The paper’s mask heads have 256.',
    default: '16',
    labels: { 8: '8', 16: '16', 24: '24' },
  }),
  weights: choice({
    label: 'Weights',
    help: 'Random ones from the seed, those that were trained on drawn shapes for this page, or the ones you trained or loaded: a safetensors file with the tensor names of the paper’s code.',
    default: 'pretrained',
    labels: { random: 'random', pretrained: 'pretrained', trained: 'yours' },
  }),
  gain: real({
    label: 'Output gain',
    symbol: 'g',
    help: 'What the last norm multiplies with where the weights are random: the scale of f’s values beside the features that it is given. The smaller, the more contractive f is.',
    default: 0.3,
    min: 0.05,
    max: 8,
    step: 0.05,
  }),
} as const;

/** What is to be told from its ground. */
const shapeFields = {
  pixels: text({
    label: 'Shape',
    help: 'What is drawn on 28 × 28 pixels: by you, or by the page as one of its kinds, at a size, place and angle that no training had. Its mask is the truth.',
    default: heldOutRing,
    maxLength: longestDrawing,
  }),
} as const;

export const refinementSettings = {
  title: 'Mask refinement',
  help: 'A shape’s mask out of a noisy picture of it, partly hidden: features that are refined until they rest (implicit feature refinement).',
  input: 'drawing',
  learns: { unit: 'shapes', from: 'shapes' },
  model: { refinement: refinementFields },
  inputs: { shape: shapeFields },
  cards: {},
  names: { refinement: 'Model', shape: 'Shape' },
  shared: [],
  maps: {},
  weights: {
    path: 'refinement.weights',
    pretrained: 'models/refinement-shapes.safetensors',
    gain: 'refinement.gain',
    file: 'A safetensors file with the tensor names of the paper’s code',
  },
} as const satisfies FamilySettings;
