/** The whole network: a stem makes the cell's input of a digit, a head reads the classes out of both resolutions. */
import { createRandom } from '../../data/random.ts';
import { drawingSide } from '../../inputs/drawing.ts';
import { convolution } from '../../ops/convolution.ts';
import { linear } from '../../ops/linear.ts';
import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';
import { classes, normalisedPixels } from '../digitReading.ts';
import { kernelSpec, norm, normSpecs, startAt } from '../normedConvolutions.ts';
import {
  initialize,
  namedParams,
  shapeInWords,
  type FileTensors,
  type ParameterSpec,
} from '../parameters.ts';
import { cellParameters, numbersOf, pictures, sizeOf, type Scales } from './cell.ts';
import { BadInputError } from '../../data/badInput.ts';

/** A network that reads 28 × 28 digits. The coarser resolution has twice as many channels. */
export interface DigitScales {
  /** Channels of the finer resolution, a multiple of four. */
  readonly channels: number;
  /** How many times as many a block has inside. */
  readonly expansion: number;
}

/** Pixels along a side of the finer resolution: the stem halves the picture. */
const side = drawingSide / 2;
/** Groups of the norms; the channels are a multiple of it. */
export const groups = 4;

/** The cell of a network. */
export const scalesOf = ({ channels, expansion }: DigitScales): Scales => ({
  channels: [channels, 2 * channels],
  size: [side, side],
  expansion,
  groups,
});

/** What the head reads of a state: both resolutions at the coarser one's size. */
function features(scales: Scales): number {
  const [rows, columns] = sizeOf(scales, 1);
  return (scales.channels[0] + scales.channels[1]) * rows * columns;
}

/** All parameters of a network, by the names of locuslab/deq where it has them. */
export function networkParameters(network: DigitScales): ParameterSpec[] {
  const scales = scalesOf(network);
  const read = features(scales);
  return [
    kernelSpec('stem.0.weight', [network.channels, 1, 3, 3]),
    ...normSpecs('stem.1', network.channels),
    ...cellParameters(scales),
    {
      ...{ name: 'classifier.weight', torch: 'classifier.weight', shape: [classes, read] },
      // A uniform draw from ± 1/√fan-in, as PyTorch's.
      deviation: 1 / Math.sqrt(3 * read),
    },
    { name: 'classifier.bias', torch: 'classifier.bias', shape: [classes], deviation: 0 },
  ];
}

/** Random parameters: the same for the same seed. Norms begin at 1, those after the fusion at the `gain`. The caller owns them. */
export const randomNetwork = (network: DigitScales, seed: number, gain: number): Params =>
  startAt(initialize(networkParameters(network), createRandom(seed)), (name) => {
    if (!/(?:gn\d|gnorm|stem\.1)\.weight$/.test(name)) return undefined;
    return name.startsWith('post_fuse') ? gain : 1;
  });

/**
 * The network that a file of those names holds, of any size there may be, and its parameters, which the caller owns. Throws
 * a BadInputError that says what does not fit.
 */
export function openNetwork(file: FileTensors): {
  readonly network: DigitScales;
  readonly params: Params;
} {
  const name = 'branches.0.blocks.0.conv1.weight';
  const shape = file[name]?.shape;
  if (!shape)
    throw new BadInputError(`It has no tensor named ${name}, so it is no multiscale network.`);
  const [wide = 0, channels = 0] = shape;
  const expansion = wide / channels;
  if (channels < 1 || channels % groups !== 0 || !Number.isInteger(expansion) || expansion < 1)
    throw new BadInputError(
      `${name} has shape ${shapeInWords(shape)}, but must be [k·n, n, 3, 3] with n channels, a multiple of ${String(groups)}.`,
    );
  const network = { channels, expansion };
  return {
    network,
    params: namedParams(networkParameters(network), file, {
      strange:
        'a network of two resolutions with one block each does not; larger ones have no place here.',
      shape: () => `it follows from ${name}, from 28 × 28 pixels and the ten classes`,
    }),
  };
}

/** The network whose parameters these are. */
export function networkIn(params: Params): DigitScales {
  const [wide = 0, channels = 1] = param(params, 'branches.0.blocks.0.conv1.weight').shape;
  return { channels, expansion: wide / channels };
}

/** How large a network is, in words. */
export const sizeInWords = ({ channels, expansion }: DigitScales): string =>
  `${String(channels)} and ${String(2 * channels)} channels, ${String(expansion)} times as many inside`;

/** Pictures of 784 pixels between 0 and 1 as the cell takes them `[batch, channels, 14, 14]`, whenever it is asked. */
export function stem(given: readonly ArrayLike<number>[]): (params: Params) => tf.Tensor {
  const values = normalisedPixels(given);
  return (params) => {
    const x = tf.tensor(values, [given.length, 1, drawingSide, drawingSide]);
    const halved = convolution(x, param(params, 'stem.0.weight'), { stride: 2, padding: 1 });
    return tf.relu(norm(halved, groups, params, 'stem.1'));
  };
}

/** What the head makes of a state `[batch, size]`: logits `[batch, 10]`. */
export function logits(params: Params, z: tf.Tensor): tf.Tensor {
  const scales = scalesOf(networkIn(params));
  const [batch = 1] = z.shape;
  const [rows, columns] = sizeOf(scales, 1);
  // Means over squares of two by two, one axis after the other.
  const fine = pictures(scales, z, 0);
  const flat = tf.mean(tf.reshape(fine, [fine.size / (4 * columns), 2, 2 * columns]), 1);
  const means = tf.mean(tf.reshape(flat, [fine.size / 4, 2]), -1);
  const read = tf.concat(
    [
      tf.reshape(means, [batch, scales.channels[0] * rows * columns]),
      tf.slice(z, [0, numbersOf(scales, 0)], [batch, numbersOf(scales, 1)]),
    ],
    1,
  );
  return linear(read, param(params, 'classifier.weight'), {
    transposed: true,
    bias: param(params, 'classifier.bias'),
  });
}

/** Probabilities of the ten digits `[sample, digit]`; the caller owns them. Borrows `z`. */
export const probabilities = (params: Params, z: tf.Tensor): tf.Tensor =>
  tf.tidy(() => tf.softmax(logits(params, z)));
