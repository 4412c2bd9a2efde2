import { resolvePicture } from '../../inputs/pictures/builtIns.ts';
import type { FamilyTraining } from '../training.ts';
import { opensWeights, weightsData } from '../weightsTraining.ts';
import { openNetwork } from './network.ts';
import { networkAsked, preparePicture, titleOf } from './open.ts';
import { pictureTask } from './pictureTask.ts';

/** Learning one picture; files hold weights by the names of the paper's code. */
export const pictureTraining: FamilyTraining = {
  key: ({ scene }) => scene.picture,
  read: async (experiment, _, { signal }) => {
    await preparePicture(experiment);
    signal.throwIfAborted();
    const { picture, builtIn } = resolvePicture(experiment.scene.picture);
    const { size, channels } = picture;
    return weightsData({
      counts: { learnt: size, heldOut: size },
      about: `${titleOf(builtIn).replace('your', 'Your')}, ${String(size)} × ${String(size)} pixels in ${channels === 3 ? 'colour' : 'grey'}. All of it is learnt, and all of it is measured, solved from zeros.`,
      task: ({ impsq, random, train }) =>
        pictureTask(picture, {
          network: networkAsked(impsq, channels),
          ...{ norm: impsq.norm, scale: impsq.scale, seed: random.seed, batch: train.batch },
        }),
    });
  },
  openModel: opensWeights((tensors, { impsq }) => openNetwork(tensors, impsq.filter === 'sine')),
};
