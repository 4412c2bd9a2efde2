import type { GalleryCard } from './galleryCard.ts';
import { anderson, broyden, picard, tryMethod } from './methods.ts';

/** Cards about solvers, on a small layer. */
export const solverCards = {
  contraction: {
    view: 'solve',
    level: 'easy',
    quantity: 'residual',
    runs: [{ label: 'Picard' }, { label: 'Anderson', changes: anderson }],
    tries: [
      { words: 'Raise the gain to 0.9', set: { 'cell.gain': 0.9 }, focus: 'cell.gain' },
      tryMethod('Switch to Anderson', anderson),
    ],
  },
  'edge-of-stability': {
    view: 'solve',
    level: 'easy',
    quantity: 'residual',
    runs: [{ label: 'Picard' }, { label: 'Anderson', changes: anderson }],
    tries: [
      tryMethod('Switch to Anderson', anderson),
      { words: 'Lower the gain to 0.6', set: { 'cell.gain': 0.6 }, focus: 'cell.gain' },
    ],
  },
  'non-normal': {
    view: 'solve',
    level: 'hard',
    quantity: 'residual',
    runs: [{ label: 'Picard' }, { label: 'Broyden', changes: broyden }],
    tries: [
      tryMethod('Switch to Broyden', broyden),
      { words: 'Lower the gain to 1', set: { 'cell.gain': 1 }, focus: 'cell.gain' },
    ],
  },
  'two-fixed-points': {
    view: 'solve',
    level: 'medium',
    quantity: 'residual',
    kicks: [0.1, 2],
    runs: [{ label: 'Picard' }, { label: 'Broyden', changes: broyden }],
    tries: [
      {
        words: 'Lower the gain to 0.5: one is left',
        set: { 'cell.gain': 0.5 },
        focus: 'cell.gain',
      },
      tryMethod('Switch to Broyden', broyden),
    ],
  },
  damping: {
    view: 'solve',
    level: 'easy',
    quantity: 'residual',
    runs: [{ label: 'β = 1' }, { label: 'β = 0.7', changes: { 'solver.damping': 0.7 } }],
    tries: [
      { words: 'Lower β to 0.7', set: { 'solver.damping': 0.7 }, focus: 'solver.damping' },
      { words: 'Lower β to 0.2', set: { 'solver.damping': 0.2 }, focus: 'solver.damping' },
    ],
  },
  'picard-diverges': {
    view: 'solve',
    level: 'easy',
    quantity: 'residual',
    runs: [{ label: 'Picard' }, { label: 'Broyden', changes: broyden }],
    tries: [
      tryMethod('Switch to Broyden', broyden),
      { words: 'Lower the gain to 0.9', set: { 'cell.gain': 0.9 }, focus: 'cell.gain' },
    ],
  },
  'anderson-window': {
    view: 'solve',
    level: 'medium',
    quantity: 'residual',
    runs: [
      { label: 'm = 6' },
      { label: 'm = 3', changes: { 'solver.window': 3 } },
      { label: 'm = 1', changes: { 'solver.window': 1 } },
    ],
    tries: [
      { words: 'Shrink the window to 3', set: { 'solver.window': 3 }, focus: 'solver.window' },
      { words: 'Shrink it to 1', set: { 'solver.window': 1 }, focus: 'solver.window' },
    ],
  },
  'broyden-anderson': {
    view: 'solve',
    level: 'medium',
    quantity: 'residual',
    runs: [
      { label: 'Broyden, line search' },
      { label: 'Anderson', changes: anderson },
      { label: 'Broyden', changes: { 'solver.lineSearch': false } },
    ],
    tries: [
      tryMethod('Switch to Anderson', anderson),
      {
        words: 'Leave the line search out',
        set: { 'solver.lineSearch': false },
        focus: 'solver.lineSearch',
      },
    ],
  },
  expansive: {
    view: 'solve',
    level: 'medium',
    quantity: 'residual',
    runs: [{ label: 'Broyden' }, { label: 'Picard', changes: picard }],
    tries: [tryMethod('Switch to Picard', picard), tryMethod('Switch to Anderson', anderson)],
  },
  'broyden-rank': {
    view: 'solve',
    level: 'medium',
    quantity: 'residual',
    runs: [{ label: 'rank 5' }, { label: 'rank 30', changes: { 'solver.rank': 30 } }],
    tries: [
      { words: 'Raise the rank limit to 30', set: { 'solver.rank': 30 }, focus: 'solver.rank' },
      tryMethod('Switch to Anderson', anderson),
    ],
  },
  'singular-anderson': {
    view: 'solve',
    level: 'hard',
    quantity: 'residual',
    runs: [
      { label: 'λ = 1e-10' },
      { label: 'λ = 1e-4', changes: { 'solver.ridge': 1e-4 } },
      { label: 'm = 2', changes: { 'solver.window': 2 } },
    ],
    tries: [
      { words: 'Raise the ridge to 1e-4', set: { 'solver.ridge': 1e-4 }, focus: 'solver.ridge' },
      { words: 'Shrink the window to 2', set: { 'solver.window': 2 }, focus: 'solver.window' },
    ],
  },
  'no-solver': {
    view: 'solve',
    level: 'easy',
    quantity: 'residual',
    runs: [
      { label: 'Anderson' },
      { label: 'Picard', changes: picard },
      { label: 'Broyden', changes: broyden },
    ],
    tries: [
      tryMethod('Switch to Broyden', broyden),
      { words: 'Lower the gain to 1', set: { 'cell.gain': 1 }, focus: 'cell.gain' },
    ],
  },
  'float32-floor': {
    view: 'solve',
    level: 'medium',
    quantity: 'residual',
    runs: [
      { label: 'Anderson' },
      { label: 'Picard', changes: picard },
      { label: 'Broyden', changes: broyden },
    ],
    tries: [
      {
        words: 'Ask for 1e-6 instead',
        set: { 'solver.tolerance': 1e-6 },
        focus: 'solver.tolerance',
      },
      tryMethod('Switch to Picard', picard),
    ],
  },
} as const satisfies Readonly<Record<string, GalleryCard>>;
