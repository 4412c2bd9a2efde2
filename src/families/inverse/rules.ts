import type { Constraint, FamilyRules } from '../../schema/family.ts';

/** What was trained for this page, by whether its two layers are tied. */
const pretrained = {
  ...{ cell: 'conv', sigma: 'relu', channels: 16, kernel: 7 },
  ...{ lambda: 1, gamma: 1, tau: 0.5 },
} as const;

/** Weights fit one shape only, so another one starts from random ones. */
const pretrainedHasItsShape: Constraint = (settings) => {
  const { inverse } = settings;
  const { weights, cell, channels, kernel } = inverse;
  const fits =
    cell === pretrained.cell && channels === pretrained.channels && kernel === pretrained.kernel;
  if (weights !== 'pretrained' || fits) return undefined;
  const sentence = 'The pretrained weights have 16 kernels of 7 × 7; the weights are random now.';
  return [{ ...settings, inverse: { ...inverse, weights: 'random' } }, sentence];
};

export const inverseRules: FamilyRules = {
  conditions: {
    'inverse.missing': ({ inverse }) => inverse.operator === 'inpaint',
    'inverse.channels': ({ inverse }) => inverse.cell === 'conv',
    'inverse.kernel': ({ inverse }) => inverse.cell === 'conv',
    'inverse.units': ({ inverse }) => inverse.cell === 'dense',
    'inverse.gain': ({ inverse }) => inverse.weights === 'random',
  },
  constraints: [pretrainedHasItsShape],
  shape: ['inverse.cell', 'inverse.tie', 'inverse.channels', 'inverse.kernel', 'inverse.units'],
  twins: {
    tie: (settings) => {
      const tie = settings.inverse.tie === 'tied' ? 'untied' : 'tied';
      return { name: tie, settings: { ...settings, inverse: { ...settings.inverse, tie } } };
    },
  },
  pretrained,
};
