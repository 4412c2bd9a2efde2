import { fetchDigits, type Digits } from '../inputs/digits.ts';
import type { Experiment } from '../schema/experiment.ts';
import type { copyOut } from './goldenFile.ts';
import type { Task } from './task.ts';
import type { FamilyTraining } from './training.ts';
import { opensWeights, weightsData } from './weightsTraining.ts';

/** How a family learns from the page's handwritten digits. */
export function digitsTraining({
  open,
  task,
  toFile,
  note = '',
}: {
  /** Parameters of a file's tensors, which the caller owns. Throws in words where they do not fit. */
  readonly open: Parameters<typeof opensWeights>[0];
  readonly task: (digits: Digits, experiment: Experiment) => Task;
  /** Weights by the file's names; default, those they have. Borrows them. */
  readonly toFile?: typeof copyOut;
  /** What is made of the digits: the end of the sentence on where they are from. */
  readonly note?: string;
}): FamilyTraining {
  return {
    key: () => 'digits',
    read: async (_, __, { signal }) => {
      const digits = await fetchDigits();
      signal.throwIfAborted();
      return weightsData({
        counts: { learnt: digits.training.length, heldOut: digits.heldOut.length },
        about: `A part of MNIST (LeCun, Cortes, Burges): handwritten digits of 28 × 28 pixels${note}.`,
        task: (experiment) => task(digits, experiment),
        ...(toFile ? { toFile } : {}),
      });
    },
    openModel: opensWeights(open),
  };
}
