import type { Changes, Suggestion } from './galleryCard.ts';

/** Changes of the forward method that several cards make. */
export const picard = { 'solver.method': 'picard' } as const;
export const anderson = { 'solver.method': 'anderson' } as const;
export const broyden = { 'solver.method': 'broyden' } as const;

/** Suggests another method, and goes to its control. */
export const tryMethod = (words: string, set: Changes): Suggestion => ({
  words,
  set,
  focus: 'solver.method',
});
