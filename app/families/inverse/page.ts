import { lazyPart } from '../../parts/lazyPart.tsx';
import type { FamilyPage } from '../familyPage.ts';

/** Inverse problems: what was measured, and the picture that every iteration makes of it. */
export const inversePage: FamilyPage = {
  output: {
    name: 'Picture',
    title: 'What does each iteration make of the measurement, and how far may a step go?',
    leads: true,
  },
  Equation: lazyPart(() => import('./Equation.tsx'), 'The equation', 'line'),
  controls: {
    'original.pixels': lazyPart(() => import('./OriginalControl.tsx'), 'The canvas', 'line'),
    'inverse.tau': lazyPart(() => import('./TauControl.tsx'), 'The step size', 'line'),
  },
};
