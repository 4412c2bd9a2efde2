import type { KindWords } from '../kind.ts';
import type { OdeOptions } from './settings.ts';

/** A step of the adaptive flow in words. */
export const odeWords: KindWords = {
  solve: ({ evaluations }, { tableau }: OdeOptions, { count }) => ({
    title: 'Follow the flow',
    formula: 'dz/dt = f(z) − z',
    words: `The residual is taken as a velocity. ${tableau === 'bs3' ? 'Bogacki and Shampine’s' : 'Tsitouras’s'} scheme looks at it at ${count(evaluations, 'point')} along the way, and at how far two of its own estimates are apart.`,
    bars: [],
  }),
  step: ({ here, there }) => ({
    formula: `z${there} = z${here} + h Σ bᵢ kᵢ`,
    how: 'With the longest step h whose error is allowed',
  }),
};
