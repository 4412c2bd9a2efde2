import { namedStream, normalArray, type Random } from '../../data/random.ts';
import type { Experiment } from '../../schema/experiment.ts';
import * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';

/** Settings that random weights follow from. */
export type SystemSettings = Pick<
  Experiment['steady'],
  'cell' | 'width' | 'gain' | 'rotation' | 'input'
>;

/** Normal numbers as a tensor, from a stream of their own. */
export const normalTensor = (
  random: Random,
  shape: readonly number[],
  deviation: number,
): tf.Tensor =>
  tf.tensor(
    normalArray(
      random,
      shape.reduce((a, b) => a * b, 1),
      deviation,
    ),
    [...shape],
  );

/**
 * Random weights of a cell whose x has so many numbers, and of its learned start; the same for the same seed. The caller
 * owns them. Names are those of the reference codes.
 */
export function drawWeights(
  { cell, width, gain, rotation, input }: SystemSettings,
  seed: number,
  inputs: number,
): Params {
  const random = namedStream(seed, 'weights');
  const angle = (Math.PI * rotation) / 180;
  const state = turned(random.fork('W'), width, [
    gain * Math.cos(angle),
    gain * Math.sin(angle),
  ] as const);
  const fanIn = 1 / Math.sqrt(inputs);
  const start = {
    Ws: normalTensor(random.fork('Ws'), [inputs, width], fanIn),
    bs: tf.zeros([width]),
  };
  return cell === 'tanh'
    ? {
        W: tf.tensor(state, [width, width]),
        U: normalTensor(random.fork('U'), [inputs, width], input * fanIn),
        b: normalTensor(random.fork('b'), [width], input / 2),
        ...start,
      }
    : { 'linear.weight': unit(state, width, random.fork('U'), inputs, input * fanIn), ...start };
}

/**
 * `W [n, n]`, row-major: `symmetric` times a random symmetric matrix and `antisymmetric` times a random
 * antisymmetric one, each with eigenvalues up to about 1 in size.
 */
function turned(
  random: Random,
  n: number,
  [symmetric, antisymmetric]: readonly [number, number],
): Float32Array {
  const g = normalArray(random, n * n, 1 / Math.sqrt(n));
  return Float32Array.from({ length: n * n }, (_, k) => {
    const [i, j] = [Math.floor(k / n), k % n];
    const [here, there] = [g[i * n + j] ?? 0, g[j * n + i] ?? 0];
    const half = 2 * Math.SQRT2;
    return (symmetric * (here + there)) / half + (antisymmetric * (here - there)) / half;
  });
}

/** The linear unit's `M [width, width + inputs]`, whose left part is Wᵀ. */
function unit(
  state: Float32Array,
  width: number,
  random: Random,
  inputs: number,
  deviation: number,
): tf.Tensor {
  const right = normalArray(random, width * inputs, deviation);
  const row = width + inputs;
  const numbers = Float32Array.from({ length: width * row }, (_, k) => {
    const [i, j] = [Math.floor(k / row), k % row];
    return (j < width ? state[j * width + i] : right[i * inputs + j - width]) ?? 0;
  });
  return tf.tensor(numbers, [width, row]);
}
