import { choice, flag, int, real, text } from './field.ts';

/** What is learnt from, and how it is cut into tokens. */
export const dataFields = {
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
export const sampleFields = {
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
