import type { FieldPath, ValueAt } from '../../../src/config/fields.ts';
import type { PresetName } from '../../../src/config/presets.ts';

/** Settings and the values they are to have. */
export type Changes = { readonly [P in FieldPath]?: ValueAt<P> };

/** What a card's curves are of. */
export type Quantity = 'residual' | 'loss' | 'gradient error' | 'memory';

/** One recorded curve: the preset as it opens, with these changes made. */
export interface Run {
  readonly label: string;
  readonly changes?: Changes;
}

/** Something the visitor may change once the preset is open. */
export interface Suggestion {
  readonly words: string;
  readonly set: Changes;
  /** The control that gets the focus. */
  readonly focus: FieldPath;
}

/** How hard it is to follow. */
export type Level = 'easy' | 'medium' | 'hard';

/** A preset on the wall: what was recorded of it, and what to do with it. */
export interface GalleryCard {
  readonly view: 'solve' | 'train';
  readonly level: Level;
  readonly quantity: Quantity;
  /** Sizes of noise that the solution was kicked with, relative to it: how far off did it then settle? */
  readonly kicks?: readonly number[];
  /** The first is the preset itself. */
  readonly runs: readonly [Run, ...Run[]];
  readonly tries: readonly [Suggestion, ...Suggestion[]];
}

const picard = { 'solver.method': 'picard' } as const;
const anderson = { 'solver.method': 'anderson' } as const;
const broyden = { 'solver.method': 'broyden' } as const;

const tryMethod = (words: string, set: Changes): Suggestion => ({
  words,
  set,
  focus: 'solver.method',
});

/** Every preset's card. `scripts/recordGallery.ts` records the runs; a test asserts the claims on them. */
export const cards: Readonly<Record<PresetName, GalleryCard>> = {
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
  'char-transformer': {
    view: 'solve',
    level: 'easy',
    quantity: 'residual',
    runs: [{ label: 'Broyden' }, { label: 'Picard', changes: picard }],
    tries: [
      tryMethod('Switch to Picard', picard),
      { words: 'Raise the gain to 1.5', set: { 'cell.gain': 1.5 }, focus: 'cell.gain' },
    ],
  },
  'layer-norm': {
    view: 'solve',
    level: 'medium',
    quantity: 'residual',
    runs: [{ label: 'post-LN' }, { label: 'pre-LN', changes: { 'cell.layerNorm': 'pre' } }],
    tries: [
      { words: 'Switch to pre-LN', set: { 'cell.layerNorm': 'pre' }, focus: 'cell.layerNorm' },
      tryMethod('Let Anderson solve it', anderson),
    ],
  },
  'long-text': {
    view: 'solve',
    level: 'easy',
    quantity: 'residual',
    runs: [
      { label: '128 characters' },
      { label: '32', changes: { 'input.text': 'It was the best of times, it was' } },
    ],
    tries: [
      {
        words: 'Cut it to 32 characters',
        set: { 'input.text': 'It was the best of times, it was' },
        focus: 'input.text',
      },
    ],
  },
  trellisnet: {
    view: 'solve',
    level: 'medium',
    quantity: 'residual',
    runs: [{ label: 'Anderson' }, { label: 'Picard', changes: picard }],
    tries: [
      { words: 'Widen the kernel to 4', set: { 'cell.kernel': 4 }, focus: 'cell.kernel' },
      { words: 'Raise the gain to 1.5', set: { 'cell.gain': 1.5 }, focus: 'cell.gain' },
    ],
  },
  pretrained: {
    view: 'solve',
    level: 'easy',
    quantity: 'residual',
    runs: [{ label: 'Broyden' }],
    tries: [
      {
        words: 'Give it a text of another kind',
        set: { 'input.text': 'import numpy as np; x = np.zeros(3)' },
        focus: 'input.text',
      },
      tryMethod('Switch to Picard', picard),
    ],
  },
  gradients: {
    view: 'solve',
    level: 'hard',
    quantity: 'gradient error',
    runs: [{ label: 'Neumann' }],
    tries: [
      {
        words: 'Take five phantom steps',
        set: { 'backward.method': 'phantom' },
        focus: 'backward.method',
      },
      {
        words: 'Take one step only (JFB)',
        set: { 'backward.method': 'one-step' },
        focus: 'backward.method',
      },
      { words: 'Add terms: 20', set: { 'backward.terms': 20 }, focus: 'backward.terms' },
    ],
  },
  memory: {
    view: 'solve',
    level: 'easy',
    quantity: 'memory',
    runs: [{ label: 'DEQ' }, { label: 'unrolled' }, { label: 'checkpointed' }],
    tries: [
      { words: 'Compare with 12 layers', set: { 'memory.depth': 12 }, focus: 'memory.depth' },
      { words: 'Double the width', set: { 'cell.width': 64 }, focus: 'cell.width' },
    ],
  },
  'train-moby-dick': {
    view: 'train',
    level: 'easy',
    quantity: 'loss',
    runs: [{ label: 'DEQ' }],
    tries: [
      {
        words: 'Double the learning rate',
        set: { 'train.learningRate': 0.01 },
        focus: 'train.learningRate',
      },
      { words: 'Train its explicit twin too', set: { 'train.twin': true }, focus: 'train.twin' },
    ],
  },
  'train-own': {
    view: 'train',
    level: 'easy',
    quantity: 'loss',
    runs: [{ label: 'DEQ' }],
    tries: [
      {
        words: 'Read it in byte pairs',
        set: { 'data.tokenizer': 'bpe' },
        focus: 'data.tokenizer',
      },
      { words: 'Give it 1000 steps', set: { 'train.steps': 1000 }, focus: 'train.steps' },
    ],
  },
  'train-copy': {
    view: 'train',
    level: 'medium',
    quantity: 'loss',
    runs: [{ label: 'DEQ' }],
    tries: [
      { words: 'Give it 1000 steps', set: { 'train.steps': 1000 }, focus: 'train.steps' },
      { words: 'Widen the layer to 64', set: { 'cell.width': 64 }, focus: 'cell.width' },
    ],
  },
  'train-one-step': {
    view: 'train',
    level: 'hard',
    quantity: 'loss',
    runs: [{ label: 'one-step' }, { label: 'exact', changes: { 'backward.method': 'implicit' } }],
    tries: [
      {
        words: 'Take the exact gradient',
        set: { 'backward.method': 'implicit' },
        focus: 'backward.method',
      },
    ],
  },
  'train-penalty': {
    view: 'train',
    level: 'hard',
    quantity: 'residual',
    runs: [{ label: 'penalty' }, { label: 'without', changes: { 'train.jacobianWeight': 0 } }],
    tries: [
      {
        words: 'Take the penalty away',
        set: { 'train.jacobianWeight': 0 },
        focus: 'train.jacobianWeight',
      },
    ],
  },
};
