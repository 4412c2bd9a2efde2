import type { GalleryCard } from './galleryCard.ts';
import { anderson, broyden, picard, tryMethod } from './methods.ts';

/** Cards about two resolutions in one equilibrium. */
export const multiscaleCards = {
  'multiscale-digit': {
    view: 'solve',
    level: 'easy',
    quantity: 'residual',
    runs: [
      { label: 'Anderson' },
      { label: 'Broyden', changes: broyden },
      { label: 'Picard', changes: picard },
    ],
    tries: [
      tryMethod('Iterate plainly', picard),
      { words: 'Draw another digit', set: { 'sketch.digit': 'unsaid' }, focus: 'sketch.pixels' },
    ],
  },
  'multiscale-random': {
    view: 'solve',
    level: 'medium',
    quantity: 'residual',
    runs: [
      { label: 'gain 0.3' },
      { label: 'gain 2', changes: { 'multiscale.gain': 2 } },
      { label: 'trained', changes: { 'multiscale.weights': 'pretrained' } },
    ],
    tries: [
      { words: 'Raise the gain to 2', set: { 'multiscale.gain': 2 }, focus: 'multiscale.gain' },
      {
        words: 'Take the trained weights',
        set: { 'multiscale.weights': 'pretrained' },
        focus: 'multiscale.weights',
      },
      tryMethod('Let Anderson try', anderson),
    ],
  },
  'train-multiscale': {
    view: 'train',
    level: 'easy',
    quantity: 'loss',
    runs: [{ label: 'DEQ' }],
    tries: [
      { words: 'Train five times as long', set: { 'train.steps': 200 }, focus: 'train.steps' },
    ],
  },
} as const satisfies Readonly<Record<string, GalleryCard>>;
