import type { KindWords } from '../kind.ts';
import type { NewtonGmresOptions } from './settings.ts';

/** A step of Newton–GMRES in words. */
export const newtonGmresWords: KindWords = {
  solve: (_, { krylov }: NewtonGmresOptions, { count }) => ({
    title: 'Solve with products',
    formula: '‖(I − J) d − g‖ → min',
    words: `The layer is replaced by its tangent. Its fixed point is looked for among the combinations of g, J g, J² g, …: at most ${count(krylov, 'product')} with the Jacobian, and never the Jacobian itself.`,
    bars: [],
  }),
  step: ({ here, there }) => ({ formula: `z${there} = z${here} + d`, how: 'At full length' }),
};
