import { resolvePicture } from '../../inputs/pictures/builtIns.ts';
import type { Experiment } from '../../schema/experiment.ts';
import { copyOut } from '../goldenFile.ts';
import { demandModel, refusing, weightsAlone } from '../modelFile.ts';
import { numbersIn } from '../parameters.ts';
import type { FamilyTraining, TrainingData } from '../training.ts';
import { openNetwork } from './network.ts';
import { networkAsked, preparePicture, titleOf } from './open.ts';
import { pictureTask } from './pictureTask.ts';

/** Learning one picture; files hold weights by the names of the paper's code. */
export const pictureTraining: FamilyTraining = {
  key: ({ scene }) => scene.picture,
  read: async (experiment, _, { signal }) => {
    await preparePicture(experiment);
    signal.throwIfAborted();
    return dataOf(experiment);
  },
  openModel: (head) =>
    refusing(() => {
      demandModel(head);
      const { params } = openNetwork(head.tensors, head.experiment.impsq.filter === 'sine');
      return weightsAlone({ ...head, params });
    }),
};

function dataOf({ scene }: Experiment): TrainingData {
  const { picture, builtIn } = resolvePicture(scene.picture);
  const taskOf = ({ impsq, random, train }: Experiment): ReturnType<typeof pictureTask> =>
    pictureTask(picture, {
      network: networkAsked(impsq, picture.channels),
      ...{ norm: impsq.norm, scale: impsq.scale, seed: random.seed, batch: train.batch },
    });
  return {
    metadata: {},
    toFile: (_, params) => copyOut(params),
    modelOf: (run) => weightsAlone(run),
    report: (experiment) => {
      const { parameters, loss, metrics } = taskOf(experiment);
      return {
        ...{ learnt: picture.size, heldOut: picture.size, loss, metrics },
        parameters: numbersIn(parameters),
        about: `${titleOf(builtIn).replace('your', 'Your')}, ${String(picture.size)} × ${String(picture.size)} pixels in ${picture.channels === 3 ? 'colour' : 'grey'}. All of it is learnt, and all of it is measured, solved from zeros.`,
      };
    },
    task: taskOf,
  };
}
