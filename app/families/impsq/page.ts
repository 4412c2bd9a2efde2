import { lazyPart } from '../../parts/lazyPart.tsx';
import type { FamilyPage } from '../familyPage.ts';

/** Implicit pictures: the picture that every iterate draws, beside the one that is meant. */
export const impsqPage: FamilyPage = {
  output: {
    name: 'Picture',
    title: 'What does each iteration draw, and how near is it to the picture?',
    leads: true,
  },
  Equation: lazyPart(() => import('./Equation.tsx'), 'The equation', 'line'),
  controls: {
    'impsq.weights': lazyPart(() => import('./WeightsControl.tsx'), 'The weights', 'line'),
    'scene.picture': lazyPart(() => import('./SceneControl.tsx'), 'The picture', 'line'),
  },
};
