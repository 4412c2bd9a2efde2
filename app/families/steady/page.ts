import { lazyPart } from '../../parts/lazyPart.tsx';
import type { FamilyPage } from '../familyPage.ts';

/** Small systems: the numbers themselves are all there is to see. */
export const steadyPage: FamilyPage = {
  output: {
    name: 'Numbers',
    title: 'Every number of the state, beside the W that moves it',
    leads: false,
  },
  Equation: lazyPart(() => import('./Equation.tsx'), 'The equation', 'line'),
  controls: {},
};
