import type { Experiment } from '../../schema/experiment.ts';
import { copyOut } from '../goldenFile.ts';
import { demandModel, refusing, weightsAlone } from '../modelFile.ts';
import { numbersIn } from '../parameters.ts';
import type { FamilyTraining, TrainingData } from '../training.ts';
import { openPointWeights } from './network.ts';
import { drawPoints } from './points.ts';
import { pointsTask } from './pointsTask.ts';

/** Learning to tell points of the plane apart; files hold weights by the names of the reference codes. */
export const pointsTraining: FamilyTraining = {
  key: ({ plane, random }) => JSON.stringify([plane, random.seed]),
  read: (experiment) => Promise.resolve(dataOf(experiment)),
  openModel: (head) =>
    refusing(() => {
      demandModel(head);
      const { params } = openPointWeights(head.tensors);
      return weightsAlone({ ...head, params });
    }),
};

function dataOf({ plane, random }: Experiment): TrainingData {
  const { shape, noise } = plane;
  const sets = drawPoints(shape, noise, random.seed);
  const taskOf = (experiment: Experiment): ReturnType<typeof pointsTask> =>
    pointsTask(sets, {
      settings: experiment.steady,
      ...{ shape, seed: random.seed, batch: experiment.train.batch },
    });
  return {
    metadata: {},
    toFile: (_, params) => copyOut(params),
    modelOf: (run) => weightsAlone(run),
    report: (experiment) => {
      const { parameters, loss, metrics } = taskOf(experiment);
      return {
        ...{ learnt: sets.learnt.at.length, heldOut: sets.heldOut.at.length, loss, metrics },
        parameters: numbersIn(parameters),
        about: 'Points of the plane, drawn from the seed; those held out lie on the same curves.',
      };
    },
    task: taskOf,
  };
}
