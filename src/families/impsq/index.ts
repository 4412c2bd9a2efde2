import type { FamilyEngine } from '../family.ts';
import { openPicture, preparePicture } from './open.ts';
import { pictureTraining } from './training.ts';
import { pictureWeightsFiles } from './weightsFiles.ts';

/** One picture as a function of its coordinates. */
export const impsq: FamilyEngine = {
  prepare: preparePicture,
  open: openPicture,
  training: pictureTraining,
  weightsFiles: pictureWeightsFiles,
  torch: () => import('./torch.ts').then(({ impsqTorch }) => impsqTorch),
};
