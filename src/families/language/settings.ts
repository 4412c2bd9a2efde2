import type { FamilySettings } from '../../schema/family.ts';
import { choice, flag, int, real, text } from '../../schema/field.ts';

/** The layer f(z, x), and where its weights come from. */
const cellFields = {
  kind: choice({
    label: 'Cell',
    symbol: 'f(z, x)',
    help: 'The weight-tied layer whose fixed point is the output.',
    default: 'transformer',
    labels: { transformer: 'Transformer', trellis: 'TrellisNet', tanh: 'tanh' },
  }),
  width: int({
    label: 'Width',
    symbol: 'd',
    unit: 'features',
    help: 'Features of the state z for each token.',
    default: 32,
    min: 2,
    max: 128,
    step: 2,
  }),
  heads: choice({
    label: 'Heads',
    symbol: 'h',
    help: 'Attention heads; each looks at width / heads features.',
    default: '4',
    labels: { 1: '1', 2: '2', 4: '4', 8: '8' },
  }),
  inner: int({
    label: 'Hidden width',
    symbol: 'dᵢ',
    unit: 'features',
    help: 'Transformer: hidden features of the position-wise feed-forward part. TrellisNet: features of h, and as many of c, that the head does not read.',
    default: 64,
    min: 8,
    max: 512,
    step: 8,
    advanced: true,
  }),
  layerNorm: choice({
    label: 'Layer norm',
    help: 'Post-LN normalises after each residual sum, pre-LN before each part.',
    default: 'post',
    labels: { post: 'post (paper)', pre: 'pre' },
    advanced: true,
  }),
  kernel: int({
    label: 'Kernel',
    symbol: 'k',
    unit: 'tokens',
    help: 'Tokens each causal convolution of the TrellisNet sees.',
    default: 2,
    min: 2,
    max: 4,
    advanced: true,
  }),
  weights: choice({
    label: 'Weights',
    help: 'Random ones from the seed, the small model that was trained for this page, or the one you trained or loaded.',
    default: 'random',
    labels: { random: 'random', pretrained: 'pretrained', trained: 'yours' },
  }),
  gain: real({
    label: 'Weight gain',
    symbol: 'g',
    help: 'Scale of the random weights: entries have standard deviation g / √fan-in. Larger means a less contractive cell.',
    default: 0.75,
    min: 0.05,
    max: 4,
    step: 0.05,
  }),
} as const;

/** What is learnt from, and how it is cut into tokens. */
const dataFields = {
  source: choice({
    label: 'Corpus',
    help: 'The text the model learns to write like. Your own stays in this browser.',
    default: 'moby-dick',
    labels: {
      'moby-dick': 'Moby-Dick',
      brackets: 'Nested brackets',
      arithmetic: 'Sums',
      copy: 'Copy',
      own: 'Your text',
    },
  }),
  tokenizer: choice({
    label: 'Tokens',
    help: 'Characters, UTF-8 bytes, or byte pairs merged where the text repeats them.',
    default: 'char',
    labels: { char: 'Char', byte: 'Byte', bpe: 'BPE' },
  }),
  merges: int({
    label: 'Merges',
    help: 'Pairs that byte-pair encoding merges; the vocabulary is 256 more.',
    default: 512,
    min: 256,
    max: 2048,
    step: 64,
  }),
} as const;

/** How text is drawn from the model. */
const sampleFields = {
  prompt: text({
    label: 'Prompt',
    help: 'The sample goes on from here.',
    default: 'The ',
    maxLength: 200,
  }),
  length: int({
    label: 'Length',
    unit: 'tokens',
    help: 'Tokens to write.',
    default: 120,
    min: 1,
    max: 1000,
  }),
  temperature: real({
    label: 'Temperature',
    symbol: 'τ',
    help: '0 always takes the most probable token; 1 samples as the model believes.',
    default: 0.8,
    min: 0,
    max: 2,
    step: 0.05,
  }),
  topK: int({
    label: 'Top k',
    help: 'Only the k most probable tokens are drawn from; 0 for all.',
    default: 0,
    min: 0,
    max: 100,
    advanced: true,
  }),
  topP: real({
    label: 'Top p',
    help: 'Only the most probable tokens that together reach p are drawn from; 1 for all.',
    default: 1,
    min: 0.05,
    max: 1,
    step: 0.05,
    advanced: true,
  }),
  seed: int({
    label: 'Sample seed',
    help: 'The same seed draws the same text from the same model.',
    default: 1,
    min: 0,
    max: 999_999,
    advanced: true,
  }),
  warmStart: flag({
    label: 'Warm start',
    help: 'Start each token’s solve from the fixed point of the token before.',
    default: true,
  }),
  every: int({
    label: 'Sample every',
    unit: 'steps',
    help: 'Steps between two automatic samples while it trains; 0 for none. They take at most 3 % of the time.',
    default: 100,
    min: 0,
    max: 10_000,
    step: 10,
    advanced: true,
  }),
} as const;

/** The text that is solved for. */
const inputFields = {
  text: text({
    label: 'Input text',
    help: 'The transformer reads it as one sequence; the tanh cell takes each character as a sample of its own.',
    default: 'the cat sat on the mat and the dog',
    maxLength: 128,
  }),
} as const;

export const languageSettings = {
  title: 'Language model',
  help: 'A text through one weight-tied layer: a transformer, a TrellisNet, or a bare tanh layer.',
  input: 'text',
  learns: { unit: 'tokens', from: 'text', data: 'data', texts: true },
  model: { cell: cellFields },
  inputs: { input: inputFields },
  cards: { data: dataFields, sample: sampleFields },
  names: { cell: 'Model', data: 'Text', sample: 'Sample', input: 'Input' },
  shared: ['train.length', 'train.memory', 'train.dropout', 'train.weightNorm'],
  maps: {},
  layer: 'cell.kind',
  weights: {
    path: 'cell.weights',
    pretrained: 'models/pretrained.safetensors',
    gain: 'cell.gain',
    wild: 2,
  },
} as const satisfies FamilySettings;
