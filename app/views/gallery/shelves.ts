import type { PresetName } from '../../../src/schema/presets.ts';

/** A shelf of the gallery. */
export interface Shelf {
  readonly title: string;
  readonly presets: readonly PresetName[];
}

/** What belongs together, in the order it is best read. */
export const shelves: readonly Shelf[] = [
  {
    title: 'How a fixed point is found',
    presets: [
      'contraction',
      'edge-of-stability',
      'non-normal',
      'two-fixed-points',
      'damping',
      'picard-diverges',
      'anderson-window',
      'broyden-anderson',
    ],
  },
  {
    title: 'Solving as dynamics',
    presets: ['steady-flow', 'steady-newton', 'steady-dense-broyden', 'steady-skip'],
  },
  {
    title: 'Unique by construction',
    presets: ['monotone-digit', 'monotone-step', 'monotone-starts', 'monotone-conv'],
  },
  {
    title: 'Two resolutions at once',
    presets: ['multiscale-digit', 'multiscale-random'],
  },
  {
    title: 'Pictures',
    presets: [
      'picture-waves',
      'picture-enlarged',
      'inverse-denoise',
      'inverse-bound',
      'inverse-transfer',
      'refinement-shape',
      'refinement-gain',
    ],
  },
  {
    title: 'Where it goes wrong',
    presets: ['expansive', 'broyden-rank', 'singular-anderson', 'no-solver', 'float32-floor'],
  },
  {
    title: 'Layers on text',
    presets: ['char-transformer', 'layer-norm', 'long-text', 'trellisnet', 'pretrained'],
  },
  { title: 'Gradients and memory', presets: ['gradients', 'memory'] },
  {
    title: 'Training',
    presets: [
      'train-moby-dick',
      'train-digits',
      'train-multiscale',
      'train-picture',
      'train-picture-skip',
      'train-own',
      'train-copy',
      'train-one-step',
      'train-penalty',
      'train-skip',
      'train-regulariser',
      'train-refinement',
    ],
  },
];
