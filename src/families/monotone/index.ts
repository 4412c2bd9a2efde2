import type { FamilyEngine } from '../family.ts';
import { openDrawing } from './open.ts';
import { monotoneTraining } from './training.ts';
import { monotoneWeightsFiles } from './weightsFiles.ts';

/** Handwritten digits through a monotone operator network. */
export const monotone: FamilyEngine = {
  open: openDrawing,
  training: monotoneTraining,
  weightsFiles: monotoneWeightsFiles,
  torch: () => import('./torch.ts').then(({ monotoneTorch }) => monotoneTorch),
};
