import type { GalleryCard } from './galleryCard.ts';
import { anderson, picard, tryMethod } from './methods.ts';

/** A triangle that is held out of training. */
const triangle =
  'Dw8PDw8PDw8AIMAPCCDQ8DAPBlDyUA8FgPOADwSg9KAPAiDQ9dAPATDQ9w8AUPkwDqD6UAwgoPuACyDQ_KAMMIDQ-tAPUKD5DwEgcMD2MA8DMIDQ81APBjCg8YAPCXE';

/** Cards about masks that refine themselves. */
export const refinementCards = {
  'refinement-shape': {
    view: 'solve',
    level: 'easy',
    quantity: 'residual',
    runs: [
      { label: 'Anderson' },
      { label: 'Picard', changes: picard },
      { label: 'bar twice as wide', changes: { 'refinement.occlusion': 0.3 } },
    ],
    tries: [
      {
        words: 'Double the bar',
        set: { 'refinement.occlusion': 0.3 },
        focus: 'refinement.occlusion',
      },
      {
        words: 'Take a triangle instead',
        set: { 'shape.pixels': triangle },
        focus: 'shape.pixels',
      },
      tryMethod('Iterate plainly', picard),
    ],
  },
  'refinement-gain': {
    view: 'solve',
    level: 'medium',
    quantity: 'residual',
    runs: [
      { label: 'gain 0.3' },
      { label: 'gain 1', changes: { 'refinement.gain': 1 } },
      { label: 'gain 4', changes: { 'refinement.gain': 4 } },
    ],
    tries: [
      { words: 'Raise the gain to 4', set: { 'refinement.gain': 4 }, focus: 'refinement.gain' },
      {
        words: 'Take the trained weights',
        set: { 'refinement.weights': 'pretrained' },
        focus: 'refinement.weights',
      },
      tryMethod('Let Anderson try', anderson),
    ],
  },
  'train-refinement': {
    view: 'train',
    level: 'easy',
    quantity: 'loss',
    runs: [
      { label: 'unrolled, then implicit' },
      { label: 'implicit all along', changes: { 'train.pretrainSteps': 0 } },
    ],
    tries: [
      {
        words: 'Never unroll',
        set: { 'train.pretrainSteps': 0 },
        focus: 'train.pretrainSteps',
      },
      { words: 'Train five times as long', set: { 'train.steps': 400 }, focus: 'train.steps' },
    ],
  },
} as const satisfies Readonly<Record<string, GalleryCard>>;
