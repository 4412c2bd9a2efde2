import type { FamilyEngine } from '../family.ts';
import { openShape } from './open.ts';
import { refinementTraining } from './training.ts';
import { refinementWeightsFiles } from './weightsFiles.ts';

/** Masks of drawn shapes, read from features that are refined until they rest. */
export const refinement: FamilyEngine = {
  open: openShape,
  training: refinementTraining,
  weightsFiles: refinementWeightsFiles,
  torch: () => import('./torch.ts').then(({ refinementTorch }) => refinementTorch),
};
