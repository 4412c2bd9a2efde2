import { lazyPart } from '../../parts/lazyPart.tsx';
import type { FamilyPage } from '../familyPage.ts';

/** Networks of two resolutions: a digit that is drawn, and what both make of it at every iteration. */
export const multiscalePage: FamilyPage = {
  output: {
    name: 'Digit',
    title: 'Which digit does each iteration see, and which resolution settles first?',
    leads: true,
  },
  Equation: lazyPart(() => import('./Equation.tsx'), 'The equation', 'line'),
  controls: {
    'sketch.pixels': lazyPart(() => import('./SketchControl.tsx'), 'The canvas', 'line'),
    'multiscale.weights': lazyPart(() => import('./WeightsControl.tsx'), 'The weights', 'line'),
  },
};
