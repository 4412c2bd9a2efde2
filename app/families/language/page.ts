import { lazyPart } from '../../parts/lazyPart.tsx';
import type { FamilyPage } from '../familyPage.ts';

/** Language models: the lens reads predictions out of every state. */
export const languagePage: FamilyPage = {
  output: {
    name: 'Lens',
    title: 'What it would predict at each iteration: when did it know?',
    leads: false,
  },
  Equation: lazyPart(() => import('./Equation.tsx'), 'The equation', 'line'),
  controls: {},
};
