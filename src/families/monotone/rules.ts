import type { Constraint, FamilyRules } from '../../schema/family.ts';
import { drawnInWords } from '../digitSettings.ts';

/** What was trained for this page: units of the paper's fully connected network, channels of a convolutional one. */
const pretrained = { hidden: 87, channels: 6, m: 1 } as const;

/** Weights fit one size of layer only, so another one starts from random ones. */
const pretrainedHasItsSize: Constraint = (settings) => {
  const { monotone } = settings;
  const { weights, cell, hidden, channels } = monotone;
  const fits = cell === 'fc' ? hidden === pretrained.hidden : channels === pretrained.channels;
  if (weights !== 'pretrained' || fits) return undefined;
  const sentence =
    'The pretrained weights are those of 87 fully connected units, or of 6 channels; the weights are random now.';
  return [{ ...settings, monotone: { ...monotone, weights: 'random' } }, sentence];
};

export const monotoneRules: FamilyRules = {
  conditions: {
    'monotone.hidden': ({ monotone }) => monotone.cell === 'fc',
    'monotone.channels': ({ monotone }) => monotone.cell === 'conv',
    'monotone.gain': ({ monotone }) => monotone.weights === 'random',
  },
  constraints: [pretrainedHasItsSize],
  shape: ['monotone.cell', 'monotone.hidden', 'monotone.channels'],
  // A drawing is one sample.
  dimensions: ({ monotone }) => (monotone.cell === 'fc' ? monotone.hidden : undefined),
  summary: ({ monotone, drawing }) => [
    monotone.cell === 'fc'
      ? `Monotone layer, ${String(monotone.hidden)} units`
      : `Monotone convolution, ${String(monotone.channels)} channels`,
    drawnInWords(drawing),
  ],
  pretrained,
};
