import { BadInputError } from '../../data/badInput.ts';
import { builtIns, loadPictures, resolvePicture } from '../../inputs/pictures/builtIns.ts';
import type { Picture } from '../../inputs/pictures/picture.ts';
import { decodePicture } from '../../inputs/pictures/pictureCode.ts';
import type { Experiment } from '../../schema/experiment.ts';
import * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import type { FamilyProblem, OpenedProblem } from '../family.ts';
import { openingWeights, setUpIn } from '../modelFile.ts';
import type { FileTensors } from '../parameters.ts';
import type { PictureCell } from './cell.ts';
import { drawParameters, openNetwork, type PictureNetwork } from './network.ts';
import { pictureObserver } from './observe.ts';
import { pictureLoss, pictureProblem, placesOf, targetOf } from './problem.ts';

/** What is needed of a set-up. */
type Wanted = Pick<Experiment, 'impsq' | 'scene' | 'random'>;

/** The problem of a picture, and what it is of. */
export type OpenedPicture = OpenedProblem &
  FamilyProblem & { readonly network: PictureNetwork; readonly picture: Picture };

/** Fetches the page's pictures where the set-up is of one. Rejects in words. */
export async function preparePicture({ scene }: Pick<Wanted, 'scene'>): Promise<void> {
  if (decodePicture(scene.picture).picture) return;
  try {
    await loadPictures();
  } catch (error) {
    throw new BadInputError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * The problem of a set-up's picture: what colour is there? Throws a BadInputError in words where the weights are missing or
 * do not fit. The page's pictures have to be there: `preparePicture`.
 */
export function openPicture(experiment: Wanted, weights?: Uint8Array<ArrayBuffer>): OpenedPicture {
  const { impsq, scene } = experiment;
  const resolved = resolvePicture(scene.picture);
  const { network, params } = networkOf(experiment, resolved, weights);
  const { width, channels } = network;
  const picture = inChannels(resolved.picture, channels);
  const finer = Number(scene.enlarge);
  const places = placesOf(picture.size * finer);
  const target = targetOf(picture.pixels, channels, picture.size);
  const cell: PictureCell = { filter: network.filter, layers: network.layers, norm: impsq.norm };
  const problem = pictureProblem({
    ...{ cell, params, width, places },
    sample: titleOf(resolved.builtIn),
    loss: pictureLoss(target, channels, places, finer),
    observe: pictureObserver({
      ...{ cell, params, width, channels, places, target, finer },
    }),
  });
  const notes = [
    ...(resolved.problem === undefined ? [] : [resolved.problem]),
    ...(impsq.weights === 'random'
      ? ['The weights are random, so it draws noise. The Train view teaches them the picture.']
      : []),
    ...differences(experiment, network),
  ];
  return {
    ...problem,
    ...{ network, picture, notes },
    observes: true,
    [Symbol.dispose]: () => {
      tf.dispose(params);
    },
  };
}

/** What a picture is called. */
export const titleOf = (name: string | undefined): string =>
  builtIns.find((one) => one.name === name)?.title ?? 'your picture';

/** Settings that a network's shape follows from. */
export const networkAsked = (
  { filter, width, layers }: Wanted['impsq'],
  channels: 1 | 3,
): PictureNetwork => ({ filter, width, layers, channels });

function networkOf(
  { impsq, random }: Wanted,
  { picture, builtIn }: ReturnType<typeof resolvePicture>,
  weights: Uint8Array<ArrayBuffer> | undefined,
): { readonly network: PictureNetwork; readonly params: Params } {
  if (impsq.weights === 'random') {
    const network = networkAsked(impsq, picture.channels);
    return { network, params: drawParameters(network, random.seed, { scale: impsq.scale }) };
  }
  return openingWeights(weights, ({ tensors, metadata }) => {
    const learntIn = setUpIn(metadata, 'impsq')?.impsq;
    const sine = (learntIn ?? impsq).filter === 'sine';
    return openNetwork(impsq.weights === 'pretrained' ? of(tensors, builtIn) : tensors, sine);
  });
}

/** The tensors of one of the page's pictures in the file of all of them. */
function of(tensors: FileTensors, name: string | undefined): FileTensors {
  const start = `${name ?? builtIns[0].name}.`;
  return Object.fromEntries(
    Object.entries(tensors)
      .filter(([key]) => key.startsWith(start))
      .map(([key, tensor]) => [key.slice(start.length), tensor]),
  );
}

/** The picture in the colours that a network has. */
export function inChannels(picture: Picture, channels: 1 | 3): Picture {
  if (picture.channels === channels) return picture;
  const { size, pixels } = picture;
  const at = (i: number): number => pixels[i] ?? 0;
  return {
    ...{ size, channels },
    pixels: Uint8Array.from({ length: channels * size ** 2 }, (_, i) =>
      channels === 3
        ? at(Math.floor(i / 3))
        : Math.round(0.2126 * at(3 * i) + 0.7152 * at(3 * i + 1) + 0.0722 * at(3 * i + 2)),
    ),
  };
}

/** Where a file’s network is not what the settings say. */
function differences({ impsq }: Wanted, network: PictureNetwork): readonly string[] {
  const { filter, width, layers } = network;
  if (filter === impsq.filter && width === impsq.width && layers === impsq.layers) return [];
  return [
    `The weights file holds a network of ${String(layers)} × ${String(width)} units with ${filter} filters, and that is what is solved.`,
  ];
}
