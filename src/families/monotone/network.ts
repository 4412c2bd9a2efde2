import { linear } from '../../ops/linear.ts';
import { drawingSide, drawingSize } from '../../inputs/drawing.ts';
import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';
import { digitCrossEntropy, normalisedPixels } from '../digitReading.ts';
import { features, pooled, type DigitNetwork } from './parameters.ts';

/**
 * Pictures of 784 pixels between 0 and 1 as the layer takes them, whenever it asks: `[batch, 784]`, or
 * `[batch, 1, 30, 30]` with a border of zeros. To be called inside a tidy.
 */
export function networkInput(
  { cell }: DigitNetwork,
  pictures: readonly ArrayLike<number>[],
): () => tf.Tensor {
  // A training step asks three times.
  const values = normalisedPixels(pictures);
  return () => {
    const x = tf.tensor(values, [pictures.length, drawingSize]);
    if (cell === 'fc') return x;
    const square = tf.reshape(x, [pictures.length, 1, drawingSide, drawingSide]);
    return tf.pad(square, [
      [0, 0],
      [0, 0],
      [1, 1],
      [1, 1],
    ]);
  };
}

/** What the head makes of a state `[batch, size]`: logits `[batch, 10]`. */
export function logits(network: DigitNetwork, params: Params, z: tf.Tensor): tf.Tensor {
  const read = network.cell === 'fc' ? z : pool(network, z);
  return linear(read, param(params, 'Wout.weight'), {
    transposed: true,
    bias: param(params, 'Wout.bias'),
  });
}

/** Means over squares, as one product: the pooling has no gradient of its own on every backend. */
function pool(network: DigitNetwork, z: tf.Tensor): tf.Tensor {
  const { units } = network;
  const [batch = 1] = z.shape;
  const pixels = z.size / (batch * units);
  const weights = poolingOf(Math.sqrt(pixels));
  const pooling = tf.tensor(weights, [pixels, weights.length / pixels]);
  const means = tf.matMul(tf.reshape(z, [batch * units, pixels]), pooling);
  return tf.reshape(means, [batch, features(network)]);
}

/** The matrix of `pool` for pictures of a side, once one was asked for: every iterate that is looked at asks. */
const poolings = new Map<number, Float32Array>();

/** `[side², pools²]`, row-major. */
function poolingOf(side: number): Float32Array {
  const known = poolings.get(side);
  if (known) return known;
  const pools = Math.floor(side / pooled);
  const weights = new Float32Array(side ** 2 * pools ** 2);
  for (let row = 0; row < pools * pooled; row++)
    for (let column = 0; column < pools * pooled; column++) {
      const square = Math.floor(row / pooled) * pools + Math.floor(column / pooled);
      weights[(row * side + column) * pools ** 2 + square] = 1 / pooled ** 2;
    }
  poolings.set(side, weights);
  return weights;
}

/** Mean cross entropy of what the head reads out; see `digitCrossEntropy`. */
export const digitLoss =
  (
    network: DigitNetwork,
    labels: readonly (number | null)[],
  ): ((params: Params, z: tf.Tensor) => tf.Scalar) =>
  (params, z) =>
    digitCrossEntropy(logits(network, params, z), labels);

/** Probabilities of the ten digits `[sample, digit]`; the caller owns them. Borrows `z`. */
export const probabilities = (network: DigitNetwork, params: Params, z: tf.Tensor): tf.Tensor =>
  tf.tidy(() => tf.softmax(logits(network, params, z)));
