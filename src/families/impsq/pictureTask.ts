import { namedStream } from '../../data/random.ts';
import type { Picture } from '../../inputs/pictures/picture.ts';
import type * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import type { FamilyProblem } from '../family.ts';
import type { Metric, Task, TaskBatch, TaskView } from '../task.ts';
import type { PictureCell } from './cell.ts';
import { drawParameters, pictureParameters, type PictureNetwork } from './network.ts';
import { pictureObserver } from './observe.ts';
import { decibels, pictureLoss, pictureProblem, placesOf, targetOf } from './problem.ts';

/** How a network learns a picture. */
export interface PictureTaskOptions {
  readonly network: PictureNetwork;
  readonly norm: PictureCell['norm'];
  readonly scale: number;
  readonly seed: number;
  /** Rows of the picture in an update's batch; as many as it has or more: all of it, in order. */
  readonly batch: number;
}

/** Learning one picture: mean square error of its colours, in batches of rows; nothing is held out, it is all there is. */
export function pictureTask(picture: Picture, options: PictureTaskOptions): Task {
  const { network, seed, batch, scale } = options;
  const { size } = picture;
  const { loss, psnr } = metricsOf(picture);
  return {
    parameters: pictureParameters(network),
    loss,
    metrics: [psnr],
    unit: 'rows',
    initialize: (from) => drawParameters(network, from, { scale }),
    batchAt: (step) => {
      if (batch >= size) return rowsBatch(picture, options);
      const chance = namedStream(seed, 'data order').fork(String(step));
      const left = Array.from({ length: size }, (_, i) => i);
      const chosen = Array.from(
        { length: batch },
        () => left.splice(chance.integer(left.length), 1)[0] ?? 0,
      );
      return rowsBatch(
        picture,
        options,
        chosen.toSorted((a, b) => a - b),
      );
    },
    // The whole picture, measured as it is solved from zeros: what it will look like, whatever training's solves start from.
    *heldOut() {
      yield rowsBatch(picture, options);
    },
    // A picture is what the fixed point says, however loosely training solves for it.
    heldOutSolve: { tolerance: 1e-3, maxIterations: 60 },
    view: () => wholeView(picture, options),
  };
}

/** What a picture is learnt by, beside what a single colour for all of it comes to. */
function metricsOf({ pixels, channels }: Picture): {
  readonly loss: Metric;
  readonly psnr: Metric;
} {
  const plain = varianceOf(pixels, channels);
  return {
    loss: {
      name: 'loss',
      title: 'Loss',
      unit: 'MSE',
      help: 'mean square error of the colours, black −1 and white 1',
      better: 'lower',
      baselines: [
        {
          ...{ title: 'one colour', value: plain, words: 'its mean colour everywhere' },
        },
      ],
    },
    psnr: {
      name: 'psnr',
      title: 'PSNR',
      unit: 'dB',
      help: 'peak signal-to-noise ratio',
      better: 'higher',
      baselines: [{ title: 'one colour', value: decibels(plain) }],
    },
  };
}

/** Mean square distance of a picture's colours, between −1 and 1, to their mean. */
function varianceOf(pixels: Uint8Array, channels: number): number {
  let sum = 0;
  for (let k = 0; k < channels; k++) {
    const values = pixels.filter((_, i) => i % channels === k);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    sum += values.reduce((a, b) => a + ((b - mean) / 127.5) ** 2, 0);
  }
  return sum / pixels.length;
}

/** Places are on the host: nothing on the device is a batch's own. */
const holdsNothing = (): void => undefined;

function problemOf(
  { size, channels, pixels }: Picture,
  { network, norm }: PictureTaskOptions,
  rows?: readonly number[],
): (params: Params) => FamilyProblem {
  const places = placesOf(size, rows);
  const { filter, layers, width } = network;
  const loss = pictureLoss(targetOf(pixels, channels, size, rows), channels, places);
  const cell = { filter, layers, norm };
  return (params) =>
    pictureProblem({ ...{ cell, params, width, places, loss }, sample: 'picture' });
}

function rowsBatch(
  picture: Picture,
  options: PictureTaskOptions,
  rows?: readonly number[],
): TaskBatch {
  const problem = problemOf(picture, options, rows);
  return {
    examples: rows?.length ?? picture.size,
    problem,
    measured: { tell: (_, loss) => ({ psnr: decibels(loss) }) },
    [Symbol.dispose]: holdsNothing,
  };
}

/** The whole picture as the network draws it. */
function wholeView(picture: Picture, options: PictureTaskOptions): TaskView {
  const { size, channels, pixels } = picture;
  const { filter, layers, width } = options.network;
  return {
    problem: problemOf(picture, options),
    observe: (params: Params, z: tf.Tensor) =>
      pictureObserver({
        ...{ cell: { filter, layers, norm: options.norm }, params, width, channels },
        ...{ places: placesOf(size), target: targetOf(pixels, channels, size), finer: 1 },
      })(z),
    [Symbol.dispose]: holdsNothing,
  };
}
