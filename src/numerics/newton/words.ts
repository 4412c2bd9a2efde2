import type { KindWords } from '../kind.ts';

/** A step of Newton's method in words. */
export const newtonWords: KindWords = {
  solve: () => ({
    title: 'Solve with the Jacobian',
    formula: '(I − J) d = g',
    words:
      'The layer is replaced by its tangent at this point, and the tangent’s fixed point is found exactly: one linear system for each sample, with all of its Jacobian.',
    bars: [],
  }),
  step: ({ here, there }) => ({ formula: `z${there} = z${here} + d`, how: 'At full length' }),
};
