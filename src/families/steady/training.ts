import type { Experiment } from '../../schema/experiment.ts';
import type { FamilyTraining, TrainingData } from '../training.ts';
import { opensWeights, weightsData } from '../weightsTraining.ts';
import { openPointWeights } from './network.ts';
import { drawPoints } from './points.ts';
import { pointsTask } from './pointsTask.ts';

/** Learning to tell points of the plane apart; files hold weights by the names of the reference codes. */
export const pointsTraining: FamilyTraining = {
  key: ({ plane, random }) => JSON.stringify([plane, random.seed]),
  read: (experiment) => Promise.resolve(dataOf(experiment)),
  openModel: opensWeights(openPointWeights),
};

function dataOf({ plane, random }: Experiment): TrainingData {
  const { shape, noise } = plane;
  const sets = drawPoints(shape, noise, random.seed);
  return weightsData({
    counts: { learnt: sets.learnt.at.length, heldOut: sets.heldOut.at.length },
    about: 'Points of the plane, drawn from the seed; those held out lie on the same curves.',
    task: (experiment) =>
      pointsTask(sets, {
        settings: experiment.steady,
        ...{ shape, seed: random.seed, batch: experiment.train.batch },
      }),
  });
}
