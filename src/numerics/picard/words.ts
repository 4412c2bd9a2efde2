import type { KindWords } from '../kind.ts';
import type { PicardOptions } from './settings.ts';

/** How a damped step is taken. */
export const dampedHow = (damping: number): string =>
  damping === 1 ? 'Undamped (β = 1)' : `Damped by β = ${damping}`;

/** A factor β, where there is one to write. */
export const factor = (damping: number): string => (damping === 1 ? '' : `${damping} · `);

/** A step of Picard iteration in words. */
export const picardWords: KindWords = {
  solve: () => ({
    title: 'Nothing to solve',
    formula: 'd = g',
    words:
      'Picard goes where the layer points. It keeps no history, and there is nothing to solve.',
    bars: [],
  }),
  step: ({ here, there }, { damping }: PicardOptions) => ({
    formula: `z${there} = z${here} + ${factor(damping)}g`,
    how: dampedHow(damping),
  }),
};
