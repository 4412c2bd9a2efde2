import type { GalleryCard } from './galleryCard.ts';
import { anderson, picard, tryMethod } from './methods.ts';

/** Cards about layers on text, gradients, memory and training. */
export const layerCards = {
  'char-transformer': {
    view: 'solve',
    level: 'easy',
    quantity: 'residual',
    runs: [{ label: 'Anderson' }, { label: 'Picard', changes: picard }],
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
} as const satisfies Readonly<Record<string, GalleryCard>>;
