import type { FamilyEngine } from '../family.ts';
import { openInverse } from './open.ts';
import { regulariserTraining } from './training.ts';

/** Inverse problems: pictures from degraded measurements of them. */
export const inverse: FamilyEngine = {
  open: openInverse,
  training: regulariserTraining,
  torch: () => import('./torch.ts').then(({ inverseTorch }) => inverseTorch),
};
