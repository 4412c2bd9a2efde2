import { fetchDigits, type Digits } from '../../inputs/digits.ts';
import type { Experiment } from '../../schema/experiment.ts';
import { copyOut } from '../goldenFile.ts';
import { demandModel, refusing, weightsAlone } from '../modelFile.ts';
import { numbersIn } from '../parameters.ts';
import type { FamilyTraining, TrainingData } from '../training.ts';
import { multiscaleTask } from './digitsTask.ts';
import { openNetwork } from './network.ts';
import { askedFor } from './open.ts';

/** Learning to read handwritten digits at two resolutions. */
export const multiscaleTraining: FamilyTraining = {
  key: () => 'digits',
  read: async (_, __, { signal }) => {
    const digits = await fetchDigits();
    signal.throwIfAborted();
    return dataOf(digits);
  },
  openModel: (head) =>
    refusing(() => {
      demandModel(head);
      const { params } = openNetwork(head.tensors);
      return weightsAlone({ ...head, params });
    }),
};

function dataOf(digits: Digits): TrainingData {
  const taskOf = (experiment: Experiment): ReturnType<typeof multiscaleTask> =>
    multiscaleTask(digits, {
      network: askedFor(experiment),
      ...{ gain: experiment.multiscale.gain, shift: experiment.multiscale.shift },
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
        about: 'A part of MNIST (LeCun, Cortes, Burges): handwritten digits of 28 × 28 pixels.',
      };
    },
    task: taskOf,
  };
}
