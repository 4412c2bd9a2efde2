import { lazyPart } from '../../parts/lazyPart.tsx';
import type { FamilyPage } from '../familyPage.ts';

/** Inverse problems: what was measured, and the picture that every iteration makes of it. */
export const inversePage: FamilyPage = {
  output: {
    name: 'Picture',
    title: 'What does each iteration make of what was measured?',
    leads: true,
  },
  Equation: lazyPart(() => import('./Equation.tsx'), 'The equation', 'line'),
  controls: {
    'original.pixels': lazyPart(
      () => import('./controls.tsx').then(({ OriginalControl }) => ({ default: OriginalControl })),
      'The canvas',
      'line',
    ),
    'inverse.tau': lazyPart(
      () => import('./controls.tsx').then(({ TauControl }) => ({ default: TauControl })),
      'The step size',
      'line',
    ),
  },
};
