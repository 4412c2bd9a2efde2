import type { FamilyTraining } from '../training.ts';
import { opensWeights, weightsData } from '../weightsTraining.ts';
import { openNetwork } from './network.ts';
import { askedFor } from './open.ts';
import { heldOutCount, learntCount, shapesTask } from './shapesTask.ts';

/** Learning masks of shapes that are drawn by code; files hold weights by the names of the paper's code. */
export const refinementTraining: FamilyTraining = {
  key: () => 'shapes',
  read: () =>
    Promise.resolve(
      weightsData({
        counts: { learnt: learntCount, heldOut: heldOutCount },
        about:
          'Discs, squares, triangles, rings and strokes, drawn by the page at random sizes, places and angles; bar and noise are new every time.',
        task: (experiment) => {
          const { refinement, random, train } = experiment;
          const { gain, noise, occlusion } = refinement;
          return shapesTask({
            ...{ channels: askedFor(experiment), gain, noise, occlusion },
            ...{ seed: random.seed, batch: train.batch },
          });
        },
      }),
    ),
  openModel: opensWeights(openNetwork),
};
