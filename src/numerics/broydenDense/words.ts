import type { KindWords } from '../kind.ts';
import { factor } from '../picard/words.ts';
import type { BroydenDenseOptions } from './settings.ts';

/** A step of dense Broyden in words. */
export const broydenDenseWords: KindWords = {
  solve: () => ({
    title: 'Multiply by B',
    formula: 'd = −B g',
    words:
      'B is the guess of the inverse Jacobian, one matrix over the whole batch. It begins as minus the identity, and every step so far has corrected it by one outer product.',
    bars: [],
  }),
  step: ({ here, there }, { damping }: BroydenDenseOptions) => ({
    formula: `z${there} = z${here} + ${factor(damping)}d`,
    how: damping === 1 ? 'At full length (α = 1)' : `Shortened by α = ${damping}`,
  }),
};
