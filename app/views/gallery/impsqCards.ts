import type { GalleryCard } from './galleryCard.ts';
import { anderson, tryMethod } from './methods.ts';

/** Cards about pictures as functions of their coordinates. */
export const impsqCards = {
  'picture-waves': {
    view: 'solve',
    level: 'easy',
    quantity: 'residual',
    runs: [
      { label: 'Fourier' },
      { label: 'Gabor', changes: { 'impsq.filter': 'gabor' } },
      { label: 'sine', changes: { 'impsq.filter': 'sine' } },
    ],
    tries: [
      { words: 'Draw the flower', set: { 'scene.picture': 'flower' }, focus: 'scene.picture' },
      { words: 'Draw it twice as fine', set: { 'scene.enlarge': '2' }, focus: 'scene.enlarge' },
      tryMethod('Let Anderson mix', anderson),
    ],
  },
  'picture-enlarged': {
    view: 'solve',
    level: 'easy',
    quantity: 'residual',
    runs: [{ label: '4 × as fine' }, { label: 'its pixels', changes: { 'scene.enlarge': '1' } }],
    tries: [
      { words: 'Go back to its pixels', set: { 'scene.enlarge': '1' }, focus: 'scene.enlarge' },
      {
        words: 'Draw the coral reef',
        set: { 'scene.picture': 'reef' },
        focus: 'scene.picture',
      },
    ],
  },
  'train-picture': {
    view: 'train',
    level: 'easy',
    quantity: 'loss',
    runs: [{ label: '16 rows a step' }],
    tries: [
      { words: 'Learn the flower', set: { 'scene.picture': 'flower' }, focus: 'scene.picture' },
      { words: 'Use sine filters', set: { 'impsq.filter': 'sine' }, focus: 'impsq.filter' },
    ],
  },
  'train-picture-skip': {
    view: 'train',
    level: 'medium',
    quantity: 'loss',
    runs: [
      { label: 'one evaluation' },
      { label: 'solved', changes: { 'backward.method': 'implicit', 'train.maxIterations': 20 } },
    ],
    tries: [
      {
        words: 'Solve it at every step after all',
        set: { 'backward.method': 'implicit', 'train.maxIterations': 20 },
        focus: 'train.maxIterations',
      },
    ],
  },
} as const satisfies Readonly<Record<string, GalleryCard>>;
