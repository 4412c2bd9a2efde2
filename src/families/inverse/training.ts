import { drawingSide } from '../../inputs/drawing.ts';
import { fetchDigits, type Digits } from '../../inputs/digits.ts';
import type { Experiment } from '../../schema/experiment.ts';
import { copyOut } from '../goldenFile.ts';
import { demandModel, refusing, weightsAlone } from '../modelFile.ts';
import { numbersIn } from '../parameters.ts';
import type { FamilyTraining, TrainingData } from '../training.ts';
import { restoringTask } from './digitsTask.ts';
import { cellOf } from './measure.ts';
import { openRegulariser } from './regulariser.ts';

/** Learning a regulariser by restoring digits; files hold weights by the names of the paper's code. */
export const regulariserTraining: FamilyTraining = {
  key: () => 'digits',
  read: async (_, __, { signal }) => {
    const digits = await fetchDigits();
    signal.throwIfAborted();
    return dataOf(digits);
  },
  openModel: (head) =>
    refusing(() => {
      demandModel(head);
      const { params } = openRegulariser(head.tensors, drawingSide);
      return weightsAlone({ ...head, params });
    }),
};

function dataOf(digits: Digits): TrainingData {
  const taskOf = (experiment: Experiment): ReturnType<typeof restoringTask> =>
    restoringTask(digits, {
      cell: cellOf(experiment),
      ...{ noise: experiment.inverse.noise, gain: experiment.inverse.gain },
      ...{ seed: experiment.random.seed, batch: experiment.train.batch },
    });
  return {
    metadata: {},
    toFile: (_, params) => copyOut(params),
    modelOf: (run) => weightsAlone(run),
    report: (experiment) => {
      const { parameters, loss, metrics } = taskOf(experiment);
      return {
        ...{ learnt: digits.training.length, heldOut: digits.heldOut.length, loss, metrics },
        parameters: numbersIn(parameters),
        about:
          'A part of MNIST (LeCun, Cortes, Burges): handwritten digits of 28 × 28 pixels, measured with noise that is new every time.',
      };
    },
    task: taskOf,
  };
}
