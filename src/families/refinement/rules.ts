import type { Constraint, FamilyRules } from '../../schema/family.ts';

/** What was trained for this page. */
const pretrained = { channels: '16' } as const;

/** Weights fit one size only, so another one starts from random ones. */
const pretrainedHasItsSize: Constraint = (settings) => {
  const { refinement } = settings;
  if (refinement.weights !== 'pretrained' || refinement.channels === pretrained.channels)
    return undefined;
  const sentence = `The pretrained weights are those of ${pretrained.channels} channels; the weights are random now.`;
  return [{ ...settings, refinement: { ...refinement, weights: 'random' } }, sentence];
};

export const refinementRules: FamilyRules = {
  conditions: {
    'refinement.gain': ({ refinement }) => refinement.weights === 'random',
  },
  constraints: [pretrainedHasItsSize],
  shape: ['refinement.channels'],
  summary: ({ refinement }) => [
    `Mask refinement, ${refinement.channels} channels`,
    `a shape with noise ${String(refinement.noise)} and ${String(Math.round(100 * refinement.occlusion))} % hidden`,
  ],
  pretrained,
};
