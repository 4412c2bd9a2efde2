/** The whole network: an encoder makes features of a picture, the cell refines them, a head reads a mask out of them. */
import { BadInputError } from '../../data/badInput.ts';
import { createRandom } from '../../data/random.ts';
import { drawingSide, drawingSize } from '../../inputs/drawing.ts';
import { convolution, convolutionTransposed } from '../../ops/convolution.ts';
import { softmaxCrossEntropy } from '../../ops/crossEntropy.ts';
import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';
import { kernelSpec, norm, normSpecs, startAt } from '../normedConvolutions.ts';
import {
  initialize,
  namedParams,
  shapeInWords,
  vectorSpec,
  type FileTensors,
  type ParameterSpec,
} from '../parameters.ts';
import { cellParameters, groups, type FeatureShape } from './cell.ts';

/** Pixels along a side of the features: the encoder halves the picture, the head doubles them again. */
const side = drawingSide / 2;

/** The features of a network of so many channels. */
export const featuresOf = (channels: number): FeatureShape => [channels, side, side];

/** All parameters of a network of so many channels; the head’s by the names of Mask R-CNN’s. */
export const networkParameters = (channels: number): ParameterSpec[] => [
  kernelSpec('encoder.0.weight', [channels, 1, 3, 3]),
  ...normSpecs('encoder.1', channels),
  ...cellParameters(channels),
  // A transposed kernel’s is [in, out, height, width], and each of its outputs has but one place of it.
  {
    ...{ name: 'deconv.weight', torch: 'deconv.weight', shape: [channels, channels, 2, 2] },
    deviation: Math.sqrt(2 / channels),
  },
  vectorSpec('deconv.bias', 'deconv.bias', [channels]),
  kernelSpec('predictor.weight', [1, channels, 1, 1]),
  vectorSpec('predictor.bias', 'predictor.bias', [1]),
];

/** Random parameters: the same for the same seed. Norms begin at 1, the one that ends f at the `gain`. The caller owns them. */
export const randomNetwork = (channels: number, seed: number, gain: number): Params =>
  startAt(initialize(networkParameters(channels), createRandom(seed)), (name) => {
    if (!/^(?:gn\d|encoder\.1)\.weight$|_g$/.test(name)) return undefined;
    return name === 'gn3.weight' ? gain : 1;
  });

/**
 * The network that a file of those names holds, of any number of channels there may be, and its parameters, which the
 * caller owns. Throws a BadInputError that says what does not fit.
 */
export function openNetwork(file: FileTensors): {
  readonly channels: number;
  readonly params: Params;
} {
  const name = 'conv1.weight_v';
  const shape = file[name]?.shape;
  if (!shape)
    throw new BadInputError(
      `It has no tensor named ${name}, so it is no network that refines features.`,
    );
  const [channels = 0] = shape;
  if (channels < 1 || channels % groups !== 0)
    throw new BadInputError(
      `${name} has shape ${shapeInWords(shape)}, but must be [n, n, 3, 3] with n a multiple of ${String(groups)}.`,
    );
  const params = namedParams(networkParameters(channels), file, {
    strange: 'a network of one refined resolution does not; larger ones have no place here.',
    shape: () => `it follows from ${name} and from 28 × 28 pixels`,
  });
  return { channels, params };
}

/** The channels of the network whose parameters these are. */
export function channelsIn(params: Params): number {
  const [channels = 1] = param(params, 'conv1.weight_v').shape;
  return channels;
}

/** How large a network is, in words. */
export const sizeInWords = (channels: number): string => `${String(channels)} channels`;

/** Pictures of 784 values each, one after the other. */
export function inOneArray(pictures: readonly Float32Array[]): Float32Array {
  const values = new Float32Array(pictures.length * drawingSize);
  for (const [i, picture] of pictures.entries()) values.set(picture, i * drawingSize);
  return values;
}

/** Features of pictures as they are seen, 784 values each: `[batch, channels, 14, 14]`, whenever it is asked. */
export function encoder(seen: readonly Float32Array[]): (params: Params) => tf.Tensor {
  const values = inOneArray(seen);
  return (params) => {
    const x = tf.tensor(values, [seen.length, 1, drawingSide, drawingSide]);
    const halved = convolution(x, param(params, 'encoder.0.weight'), { stride: 2, padding: 1 });
    return norm(halved, groups, params, 'encoder.1');
  };
}

/** What the head makes of states `[batch, size]`: logits of the mask, `[batch, 784]`. */
export function logits(params: Params, z: tf.Tensor): tf.Tensor {
  const [batch = 1] = z.shape;
  const features = tf.reshape(z, [batch, ...featuresOf(channelsIn(params))]);
  const up = convolutionTransposed(features, param(params, 'deconv.weight'), {
    ...{ stride: 2, padding: 0 },
  });
  const bias = tf.reshape(param(params, 'deconv.bias'), [1, up.shape[1] ?? 1, 1, 1]);
  const read = convolution(tf.relu(tf.add(up, bias)), param(params, 'predictor.weight'));
  return tf.add(tf.reshape(read, [batch, drawingSize]), param(params, 'predictor.bias'));
}

/** Mean binary cross entropy of masks, nats a pixel; `truth`: 0 and 1, picture by picture. */
export function maskLoss(params: Params, z: tf.Tensor, truth: Float32Array): tf.Scalar {
  const set = tf.reshape(logits(params, z), [truth.length, 1]);
  const should = tf.tensor(truth, [truth.length, 1]);
  return softmaxCrossEntropy(
    tf.concat([set, tf.zerosLike(set)], 1),
    tf.concat([should, tf.sub(1, should)], 1),
  );
}

/** The mask, as probabilities `[batch, 784]`; the caller owns them. Borrows both. */
export const masks = (params: Params, z: tf.Tensor): tf.Tensor =>
  tf.tidy(() => tf.sigmoid(logits(params, z)));
