import type { KindWords } from '../kind.ts';

/** A step of Broyden's method in words. */
export const broydenWords: KindWords = {
  solve: ({ inside: { pairs = [] } }, _, { count }) => ({
    title: 'Correct the direction',
    formula: 'd = −B g, B = −I + Σ uᵢ vᵢᵀ',
    words:
      pairs.length > 0
        ? `The inverse Jacobian is guessed: minus the identity and ${count(pairs.length, 'correction')} of rank one, learnt from earlier steps. Each bar is the size of one.`
        : 'Nothing has been learnt yet: the inverse Jacobian is guessed to be minus the identity, so this is a plain step.',
    bars: pairs.map((value, index) => ({ name: String(index + 1), value })),
  }),
  step: ({ evaluations, here, there }, _, { count }) => ({
    formula: `z${there} = z${here} + s d`,
    how:
      evaluations > 1
        ? `After ${count(evaluations, 'trial')} of the line search, each an evaluation of f`
        : 'At full length (s = 1)',
  }),
};
