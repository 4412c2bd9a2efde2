import type { GalleryCard } from './galleryCard.ts';
import { anderson, broyden, tryMethod } from './methods.ts';

const plain = { 'solver.map': 'plain' } as const;
const flow = { 'solver.map': 'plain', 'solver.method': 'ode' } as const;

/** Cards about solving as dynamics, on systems small enough for every method. */
export const steadyCards = {
  'steady-flow': {
    view: 'solve',
    level: 'medium',
    quantity: 'residual',
    runs: [
      { label: 'Runge–Kutta' },
      { label: 'Picard', changes: plain },
      { label: 'adaptive flow', changes: flow },
    ],
    tries: [
      { words: 'Iterate f itself', set: plain, focus: 'solver.map' },
      { words: 'Let the error choose the steps', set: flow, focus: 'solver.method' },
    ],
  },
  'steady-newton': {
    view: 'solve',
    level: 'medium',
    quantity: 'residual',
    runs: [{ label: 'Newton' }, { label: 'Broyden', changes: broyden }],
    tries: [
      tryMethod('Switch to Newton–GMRES', { 'solver.method': 'newton-gmres' }),
      tryMethod('Switch to Broyden', broyden),
    ],
  },
  'steady-dense-broyden': {
    view: 'solve',
    level: 'medium',
    quantity: 'residual',
    runs: [
      { label: 'α = 1' },
      { label: 'α = 0.5', changes: { 'solver.damping': 0.5 } },
      { label: 'Anderson', changes: anderson },
    ],
    tries: [
      { words: 'Halve the steps', set: { 'solver.damping': 0.5 }, focus: 'solver.damping' },
      tryMethod('Switch to Newton', { 'solver.method': 'newton' }),
    ],
  },
  'steady-skip': {
    view: 'solve',
    level: 'easy',
    quantity: 'residual',
    runs: [{ label: 'learned start' }, { label: 'zeros', changes: { 'solver.start': 'zeros' } }],
    tries: [
      { words: 'Start at zeros', set: { 'solver.start': 'zeros' }, focus: 'solver.start' },
      { words: 'Start at f(0)', set: { 'solver.start': 'evaluation' }, focus: 'solver.start' },
      tryMethod('Switch to Anderson', anderson),
    ],
  },
  'train-skip': {
    view: 'train',
    level: 'medium',
    quantity: 'loss',
    runs: [{ label: 'learned start' }, { label: 'zeros', changes: { 'solver.start': 'zeros' } }],
    tries: [
      { words: 'Start at zeros', set: { 'solver.start': 'zeros' }, focus: 'solver.start' },
      { words: 'Start at f(0)', set: { 'solver.start': 'evaluation' }, focus: 'solver.start' },
      { words: 'Wind up a spiral', set: { 'plane.shape': 'spirals' }, focus: 'plane.shape' },
    ],
  },
} as const satisfies Readonly<Record<string, GalleryCard>>;
