import { lazyPart } from '../../parts/lazyPart.tsx';
import type { FamilyPage } from '../familyPage.ts';

/** Monotone networks: a digit that is drawn, and what it is taken for at every iteration. */
export const monotonePage: FamilyPage = {
  output: {
    name: 'Digit',
    title: 'Which digit does each iteration see, and why is there one fixed point?',
    leads: true,
  },
  Equation: lazyPart(() => import('./Equation.tsx'), 'The equation', 'line'),
  controls: {
    'drawing.pixels': lazyPart(() => import('./DrawingControl.tsx'), 'The canvas', 'line'),
    'monotone.weights': lazyPart(() => import('./WeightsControl.tsx'), 'The weights', 'line'),
    'monotone.alpha': lazyPart(() => import('./AlphaControl.tsx'), 'The step size', 'line'),
  },
};
