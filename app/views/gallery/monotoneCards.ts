import type { GalleryCard } from './galleryCard.ts';
import { anderson, tryMethod } from './methods.ts';

const plain = { 'solver.map': 'plain' } as const;

/** Cards about fixed points that are unique by construction. */
export const monotoneCards = {
  'monotone-digit': {
    view: 'solve',
    level: 'easy',
    quantity: 'residual',
    runs: [
      { label: 'Peaceman–Rachford' },
      { label: 'Picard', changes: plain },
      { label: 'Anderson', changes: { ...plain, ...anderson } },
    ],
    tries: [
      { words: 'Iterate f itself', set: plain, focus: 'solver.map' },
      tryMethod('Let Anderson mix the splitting’s steps', anderson),
    ],
  },
  'monotone-step': {
    view: 'solve',
    level: 'medium',
    quantity: 'residual',
    runs: [{ label: 'α = 0.1' }, { label: 'α = 1', changes: { 'monotone.alpha': 1 } }],
    tries: [
      { words: 'Raise α to 0.3', set: { 'monotone.alpha': 0.3 }, focus: 'monotone.alpha' },
      {
        words: 'Switch to Peaceman–Rachford, which has no bound',
        set: { 'solver.map': 'peaceman-rachford', 'monotone.alpha': 1 },
        focus: 'solver.map',
      },
    ],
  },
  'monotone-conv': {
    view: 'solve',
    level: 'medium',
    quantity: 'residual',
    runs: [
      { label: 'Convolutional' },
      { label: 'Fully connected', changes: { 'monotone.cell': 'fc' } },
    ],
    tries: [
      { words: 'Halve α', set: { 'monotone.alpha': 0.5 }, focus: 'monotone.alpha' },
      { words: 'Iterate f itself', set: plain, focus: 'solver.map' },
    ],
  },
  'monotone-starts': {
    view: 'solve',
    level: 'medium',
    quantity: 'residual',
    kicks: [1, 10],
    runs: [{ label: 'Peaceman–Rachford' }, { label: 'Picard', changes: plain }],
    tries: [
      { words: 'Raise the gain to 6', set: { 'monotone.gain': 6 }, focus: 'monotone.gain' },
      { words: 'Iterate f itself', set: plain, focus: 'solver.map' },
    ],
  },
  'train-digits': {
    view: 'train',
    level: 'easy',
    quantity: 'loss',
    runs: [{ label: 'DEQ' }],
    tries: [
      { words: 'Train ten times as long', set: { 'train.steps': 1000 }, focus: 'train.steps' },
      { words: 'Solve by plain iteration', set: plain, focus: 'solver.map' },
    ],
  },
} as const satisfies Readonly<Record<string, GalleryCard>>;
