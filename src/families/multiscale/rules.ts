import type { Constraint, FamilyRules } from '../../schema/family.ts';
import { drawnInWords } from '../digitSettings.ts';

/** What was trained for this page. */
const pretrained = { channels: '8', expansion: 2 } as const;

/** Weights fit one size only, so another one starts from random ones. */
const pretrainedHasItsSize: Constraint = (settings) => {
  const { multiscale } = settings;
  const { weights, channels, expansion } = multiscale;
  const fits = channels === pretrained.channels && expansion === pretrained.expansion;
  if (weights !== 'pretrained' || fits) return undefined;
  const sentence =
    'The pretrained weights are those of 8 and 16 channels; the weights are random now.';
  return [{ ...settings, multiscale: { ...multiscale, weights: 'random' } }, sentence];
};

export const multiscaleRules: FamilyRules = {
  conditions: {
    'multiscale.gain': ({ multiscale }) => multiscale.weights === 'random',
  },
  constraints: [pretrainedHasItsSize],
  shape: ['multiscale.channels', 'multiscale.expansion'],
  summary: ({ multiscale, sketch }) => [
    `Two resolutions, ${multiscale.channels} and ${String(2 * Number(multiscale.channels))} channels`,
    drawnInWords(sketch),
  ],
  pretrained,
};
