import type { FamilyEngine } from '../family.ts';
import { openSystem } from './open.ts';
import { pointsTraining } from './training.ts';

/** Small systems of random numbers: solvers as dynamics. */
export const steady: FamilyEngine = {
  open: openSystem,
  training: pointsTraining,
  torch: () => import('./torch.ts').then(({ steadyTorch }) => steadyTorch),
};
