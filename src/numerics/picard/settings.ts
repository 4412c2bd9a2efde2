import { real } from '../../schema/field.ts';
import { parts } from '../fused/settings.ts';
import type { KindSettings, OptionFields } from '../kind.ts';

/** Options of Picard iteration. */
export interface PicardOptions {
  /** β in (0, 1]: the share of f(z) in each step. */
  readonly damping: number;
}

/** The damping of a method that has one. */
export const dampingField = real({
  label: 'Damping',
  symbol: 'β',
  help: 'Share of f(z) in each step; below 1 the step is shorter.',
  default: 1,
  min: 0.05,
  max: 1,
  step: 0.05,
});

/** Picard iteration for the page. */
export const picardSettings = {
  id: 'picard',
  title: 'Picard',
  help: 'Feeds the output back in: z ← f(z).',
  options: { damping: dampingField } satisfies OptionFields<PicardOptions>,
  main: 'damping',
  adjoint: { options: {}, fixed: {} },
  events: {},
  quiet: 'None so far. Picard has no memory to fill, so it seldom has any.',
  reading:
    'Picard feeds the output back in, as infinitely many equal layers would. A straight line here means the same factor gained each time; its slope is the spectral radius of the layer’s Jacobian.',
  next: 'anderson',
  lanes: [{ damping: 1 }, { damping: 0.5 }],
  plain: true,
  conventions: { torchdeq: { damped: true }, mondeq: { damped: true } },
  memory: {
    storedStates: () => 2,
    reference: () => ({ kept: { states: 3, numbers: 0 }, working: { states: 2, numbers: 0 } }),
    fused: () => ({
      kept: { states: 3, numbers: 4 },
      working: { states: 0, numbers: 8 * parts },
    }),
    fullAt: () => null,
  },
} as const satisfies KindSettings;
