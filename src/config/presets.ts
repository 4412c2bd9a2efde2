import type { FieldPath, ValueAt } from './fields.ts';

/** Name of a preset in links; never reused for another set-up. */
export type PresetName =
  'char-transformer' | 'pretrained' | 'trellisnet' | 'contraction' | 'picard-diverges';

/** A set-up worth opening, and what it shows. */
export interface Preset {
  readonly title: string;
  /** One sentence the visitor can check by running it. */
  readonly claim: string;
  /** Only what differs from the defaults of the table. */
  readonly settings: { readonly [P in FieldPath]?: ValueAt<P> };
}

/**
 * Every preset, in the order they are offered. Links hold only what differs from one, so
 * changing a preset's values changes what links made from it open.
 */
export const presets: Readonly<Record<PresetName, Preset>> = {
  'char-transformer': {
    title: 'Tiny char-transformer',
    claim:
      'Broyden finds the fixed point of a one-layer transformer, where infinite depth would end.',
    settings: {},
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
  contraction: {
    title: 'Contraction 101',
    claim:
      'With small weights, plain iteration shrinks the residual by about the same factor every step.',
    settings: {
      'cell.kind': 'tanh',
      'cell.width': 16,
      'cell.gain': 0.6,
      'solver.method': 'picard',
      'solver.tolerance': 1e-4,
    },
  },
  'picard-diverges': {
    title: 'Picard fails, Broyden converges',
    claim:
      'With larger weights plain iteration never settles, yet a fixed point exists and Broyden finds it.',
    settings: {
      'cell.kind': 'tanh',
      'cell.width': 16,
      'cell.gain': 1.2,
      'solver.method': 'picard',
      'solver.tolerance': 1e-4,
    },
  },
};

/** The preset a fresh page opens. */
export const defaultPreset: PresetName = 'char-transformer';

/** Whether there is a preset of that name. */
export const isPresetName = (name: unknown): name is PresetName =>
  typeof name === 'string' && Object.hasOwn(presets, name);
