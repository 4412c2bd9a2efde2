import { andersonWords } from './anderson/words.ts';
import { broydenWords } from './broyden/words.ts';
import { broydenDenseWords } from './broydenDense/words.ts';
import type { KindWords } from './kind.ts';
import { newtonWords } from './newton/words.ts';
import { newtonGmresWords } from './newtonGmres/words.ts';
import { odeWords } from './ode/words.ts';
import { picardWords } from './picard/words.ts';
import type { SolverId } from './solver.ts';

/** A step of every solver kind in words, by its name; loaded with the cards that tell it. */
export const kindWords: Readonly<Record<SolverId, KindWords>> = {
  picard: picardWords,
  anderson: andersonWords,
  broyden: broydenWords,
  'broyden-dense': broydenDenseWords,
  newton: newtonWords,
  'newton-gmres': newtonGmresWords,
  ode: odeWords,
};
