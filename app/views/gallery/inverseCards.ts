import type { GalleryCard } from './galleryCard.ts';
import { anderson, tryMethod } from './methods.ts';

/** Cards about inverse problems. */
export const inverseCards = {
  'inverse-denoise': {
    view: 'solve',
    level: 'easy',
    quantity: 'residual',
    runs: [
      { label: 'untied' },
      { label: 'tied', changes: { 'inverse.tie': 'tied' } },
      { label: 'Anderson', changes: anderson },
    ],
    tries: [
      { words: 'More noise', set: { 'inverse.noise': 0.45 }, focus: 'inverse.noise' },
      { words: 'Tie the layers', set: { 'inverse.tie': 'tied' }, focus: 'inverse.tie' },
      {
        words: 'Lose the upper rows',
        set: { 'inverse.operator': 'inpaint' },
        focus: 'inverse.operator',
      },
    ],
  },
  'inverse-bound': {
    view: 'solve',
    level: 'easy',
    quantity: 'residual',
    runs: [
      { label: '2 % below' },
      { label: '2 % above', changes: { 'inverse.tau': 0.409 } },
      { label: 'τ = 0.45', changes: { 'inverse.tau': 0.45 } },
    ],
    tries: [
      { words: 'Step past the bound', set: { 'inverse.tau': 0.45 }, focus: 'inverse.tau' },
      tryMethod('Let Anderson solve it there', { ...anderson, 'inverse.tau': 0.45 }),
      {
        words: 'Blur it as well',
        set: { 'inverse.operator': 'deblur' },
        focus: 'inverse.operator',
      },
    ],
  },
  'inverse-transfer': {
    view: 'solve',
    level: 'medium',
    quantity: 'residual',
    runs: [
      { label: 'untied' },
      { label: 'tied', changes: { 'inverse.tie': 'tied' } },
      { label: 'Anderson', changes: anderson },
    ],
    tries: [
      { words: 'Regularise less', set: { 'inverse.gamma': 0.5 }, focus: 'inverse.gamma' },
      {
        words: 'Lose the upper rows instead',
        set: { 'inverse.operator': 'inpaint' },
        focus: 'inverse.operator',
      },
    ],
  },
  'train-regulariser': {
    view: 'train',
    level: 'medium',
    quantity: 'loss',
    runs: [{ label: 'tied' }, { label: 'untied', changes: { 'inverse.tie': 'untied' } }],
    tries: [
      { words: 'Untie the layers', set: { 'inverse.tie': 'untied' }, focus: 'inverse.tie' },
      {
        words: 'Learn on a blur',
        set: { 'inverse.operator': 'deblur' },
        focus: 'inverse.operator',
      },
    ],
  },
} as const satisfies Readonly<Record<string, GalleryCard>>;
