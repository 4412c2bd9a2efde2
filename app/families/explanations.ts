import type { Explanations } from '../ui/fields/explain/explanations.ts';
import { inverseExplanations } from './inverse/explanations.ts';
import { impsqExplanations } from './impsq/explanations.ts';
import { monotoneExplanations } from './monotone/explanations.ts';
import { multiscaleExplanations } from './multiscale/explanations.ts';
import { refinementExplanations } from './refinement/explanations.ts';
import { steadyExplanations } from './steady/explanations.ts';

/** What each family explains of its own settings; loaded with all other explanations. */
export const familyExplanations: Explanations = {
  ...monotoneExplanations,
  ...steadyExplanations,
  ...multiscaleExplanations,
  ...inverseExplanations,
  ...impsqExplanations,
  ...refinementExplanations,
};
