import { isOwnPicture, nameIn, sideOf } from '../../inputs/pictures/marks.ts';
import type { Constraint, FamilyRules } from '../../schema/family.ts';

/** What the weights that were trained for this page are of. */
export const pretrained = { width: 64, layers: 1, norm: 'spectral', scale: 48 } as const;

/** The picture that every filter has learnt; Fourier's have learnt all that come with the page. */
const learntByAll = 'balloon';

/** Weights draw the picture they have learnt, in their shape: of any other there are none. */
const pretrainedDrawsItsPictures: Constraint = (settings) => {
  const { impsq, scene } = settings;
  if (impsq.weights !== 'pretrained') return undefined;
  const fits =
    impsq.width === pretrained.width &&
    impsq.layers === pretrained.layers &&
    impsq.norm === pretrained.norm;
  const own = isOwnPicture(scene.picture);
  const learnt = impsq.filter === 'fourier' || nameIn(scene.picture) === learntByAll;
  if (fits && learnt && !own) return undefined;
  const sentence =
    own || !learnt
      ? 'Nothing with this filter has learnt this picture yet: the weights are random now. Train them on it in the Train view.'
      : 'The pretrained weights are those of one layer of 64 units with bounded weights; the weights are random now.';
  return [{ ...settings, impsq: { ...impsq, weights: 'random' } }, sentence];
};

/** A warm start is at the same places as the step before. */
const warmStartIsOfTheWhole: Constraint = (settings) => {
  const { scene, train } = settings;
  if (!train.warmStart || train.batch >= sideOf(scene.picture)) return undefined;
  return [
    { ...settings, train: { ...train, batch: 64 } },
    'A warm start goes on from the same places, so that a batch is the whole picture now.',
  ];
};

export const impsqRules: FamilyRules = {
  conditions: {
    'impsq.scale': ({ impsq }) => impsq.weights === 'random',
  },
  constraints: [pretrainedDrawsItsPictures, warmStartIsOfTheWhole],
  shape: ['impsq.filter', 'impsq.width', 'impsq.layers'],
  summary: ({ impsq, scene }) => [
    `Implicit picture, ${String(impsq.width)} units`,
    isOwnPicture(scene.picture) ? 'a picture' : nameIn(scene.picture),
  ],
  pretrained,
};
