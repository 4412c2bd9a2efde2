import type { Constraint, FamilyRules } from '../../schema/family.ts';

/** The pretrained weights are of the paper's fully connected network. */
const pretrained = { cell: 'fc', hidden: 87 } as const;

/** Weights fit one kind of layer only, so the other starts from random ones. */
const pretrainedIsFullyConnected: Constraint = (settings) => {
  const { monotone } = settings;
  const { weights, cell, hidden } = monotone;
  if (weights !== 'pretrained' || (cell === pretrained.cell && hidden === pretrained.hidden))
    return undefined;
  const sentence =
    'The pretrained weights are those of a fully connected layer of 87 units; the weights are random now.';
  return [{ ...settings, monotone: { ...monotone, weights: 'random' } }, sentence];
};

export const monotoneRules: FamilyRules = {
  conditions: {
    'monotone.hidden': ({ monotone }) => monotone.cell === 'fc',
    'monotone.channels': ({ monotone }) => monotone.cell === 'conv',
    'monotone.gain': ({ monotone }) => monotone.weights === 'random',
  },
  constraints: [pretrainedIsFullyConnected],
  shape: ['monotone.cell', 'monotone.hidden', 'monotone.channels'],
  // A drawing is one sample.
  dimensions: ({ monotone }) => (monotone.cell === 'fc' ? monotone.hidden : undefined),
  summary: ({ monotone, drawing }) => [
    monotone.cell === 'fc'
      ? `Monotone layer, ${String(monotone.hidden)} units`
      : `Monotone convolution, ${String(monotone.channels)} channels`,
    drawing.digit === 'unsaid' ? 'a drawing' : `a drawn ${drawing.digit}`,
  ],
  // Asked for by name, the pretrained weights bring the shape and the m that they were trained with.
  brings: (settings, path) =>
    path === 'monotone.weights' && settings.monotone.weights === 'pretrained'
      ? { ...settings, monotone: { ...settings.monotone, ...pretrained, m: 1 } }
      : settings,
};
