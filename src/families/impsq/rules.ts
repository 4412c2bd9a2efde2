import { decodePicture, isOwnPicture } from '../../inputs/pictures/pictureCode.ts';
import type { Constraint, FamilyRules } from '../../schema/family.ts';
import type { Settings } from '../../schema/fields.ts';

/** What the weights that were trained for this page are of. */
export const pretrained = { width: 64, layers: 1, norm: 'spectral', scale: 48 } as const;

/** Weights draw the picture they have learnt, in their shape: of any other there are none. */
const pretrainedDrawsItsPictures: Constraint = (settings) => {
  const { impsq, scene } = settings;
  if (impsq.weights !== 'pretrained') return undefined;
  const fits =
    impsq.width === pretrained.width &&
    impsq.layers === pretrained.layers &&
    impsq.norm === pretrained.norm;
  const own = isOwnPicture(scene.picture);
  if (fits && !own) return undefined;
  const sentence = own
    ? 'Nothing has learnt this picture yet: the weights are random now. Train them on it in the Train view.'
    : 'The pretrained weights are those of one layer of 64 units with bounded weights; the weights are random now.';
  return [{ ...settings, impsq: { ...impsq, weights: 'random' } }, sentence];
};

/** Pixels along a side. */
const sideOf = ({ scene }: Settings): number => {
  const { picture, builtIn } = decodePicture(scene.picture);
  return picture?.size ?? builtIn?.size ?? 64;
};

/** A warm start is at the same places as the step before. */
const warmStartIsOfTheWhole: Constraint = (settings) => {
  const { train } = settings;
  if (!train.warmStart || train.batch >= sideOf(settings)) return undefined;
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
    isOwnPicture(scene.picture) ? 'a picture' : (decodePicture(scene.picture).builtIn?.name ?? ''),
  ],
  // Asked for by name, the pretrained weights bring the shape they fit.
  brings: (settings, path) =>
    path === 'impsq.weights' && settings.impsq.weights === 'pretrained'
      ? { ...settings, impsq: { ...settings.impsq, ...pretrained } }
      : settings,
};
