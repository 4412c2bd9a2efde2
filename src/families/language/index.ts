import type { EquilibriumProblem } from '../../implicit/problem.ts';
import type { FamilyEngine } from '../family.ts';
import { languageModel } from './languageModel.ts';
import { openText } from './problem.ts';
import { textTraining } from './training.ts';

/** Texts through one weight-tied layer: transformer, TrellisNet, tanh. */
export const language: FamilyEngine = {
  open: openText,
  kernelSample,
  training: textTraining,
  torch: () => import('./torch.ts').then(({ languageTorch }) => languageTorch),
};

/**
 * A transformer layer. Its features come in fours and its heads are those of the default experiment, so that the
 * kernels are the ones it needs; rows and hidden features fill no block.
 */
function kernelSample(): EquilibriumProblem {
  const model = languageModel({
    ...{ cell: 'transformer', vocabulary: 7, dModel: 32, heads: 4, dInner: 36 },
    ...{ preLayerNorm: false, memoryLength: 0 },
  });
  const tokens = [[0, 3, 1, 6, 2]];
  return model.problem(model.initialize(1), { tokens, targets: tokens });
}
