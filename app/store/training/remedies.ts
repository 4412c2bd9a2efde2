import type { Experiment } from '../../../src/config/experiment.ts';
import { fields } from '../../../src/config/fields.ts';

/** What helps against a loss that blows up: a smaller rate, a shorter gradient, an easier layer. */
export type Remedy = 'rate' | 'clip' | 'jacobian';

const CLIP = 0.5;
const PENALTY = 0.1;

/** Training settings with the remedies applied, each no gentler than it already was. */
export function gentlerTraining(
  { train }: Experiment,
  remedies: readonly Remedy[],
): Partial<Experiment['train']> {
  const { learningRate, clip, jacobianWeight } = train;
  const { min } = fields.train.learningRate;
  return {
    ...(remedies.includes('rate') ? { learningRate: Math.max(min, learningRate / 2) } : {}),
    // 0 clips nothing.
    ...(remedies.includes('clip') ? { clip: clip > 0 ? Math.min(clip, CLIP) : CLIP } : {}),
    ...(remedies.includes('jacobian') ? { jacobianWeight: Math.max(jacobianWeight, PENALTY) } : {}),
  };
}
