import type { Constraint, FamilyRules } from '../../schema/family.ts';
import type { Settings } from '../../schema/fields.ts';

/** What the weights that were trained for this page are of. */
const pretrained = { cell: 'tanh', width: 10 } as const;

/** Weights fit one shape only, so another one starts from random ones. */
const pretrainedFitsOneShape: Constraint = (settings) => {
  const { steady } = settings;
  const { weights, cell, width } = steady;
  if (weights !== 'pretrained' || (cell === pretrained.cell && width === pretrained.width))
    return undefined;
  const sentence =
    'The pretrained weights are those of a tanh cell of 10 units; the weights are random now.';
  return [{ ...settings, steady: { ...steady, weights: 'random' } }, sentence];
};

const isRandom = ({ steady }: Settings): boolean => steady.weights === 'random';

export const steadyRules: FamilyRules = {
  conditions: {
    'steady.gain': isRandom,
    'steady.rotation': isRandom,
    'steady.input': isRandom,
  },
  constraints: [pretrainedFitsOneShape],
  shape: ['steady.cell', 'steady.width'],
  pretrained,
};
