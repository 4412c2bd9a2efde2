import type { FamilyEngine } from '../family.ts';
import { openSketch } from './open.ts';
import { multiscaleTraining } from './training.ts';
import { multiscaleWeightsFiles } from './weightsFiles.ts';

/** Handwritten digits at two resolutions that are in equilibrium with each other. */
export const multiscale: FamilyEngine = {
  open: openSketch,
  training: multiscaleTraining,
  weightsFiles: multiscaleWeightsFiles,
  torch: () => import('./torch.ts').then(({ multiscaleTorch }) => multiscaleTorch),
};
