import { lazyPart } from '../../parts/lazyPart.tsx';
import type { FamilyPage } from '../familyPage.ts';

/** Mask refinement: a shape that is drawn or picked, and the mask that every iteration makes of it. */
export const refinementPage: FamilyPage = {
  output: {
    name: 'Mask',
    title: 'Which pixels does each iteration take for the shape, and how right is it?',
    leads: true,
  },
  Equation: lazyPart(() => import('./Equation.tsx'), 'The equation', 'line'),
  controls: {
    'shape.pixels': lazyPart(() => import('./ShapeControl.tsx'), 'The canvas', 'line'),
    'refinement.weights': lazyPart(() => import('./WeightsControl.tsx'), 'The weights', 'line'),
  },
};
