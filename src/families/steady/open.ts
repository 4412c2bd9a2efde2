import { namedStream, normalArray, type Random } from '../../data/random.ts';
import type { Experiment } from '../../schema/experiment.ts';
import * as tf from '../../tf/index.ts';
import type { OpenedProblem } from '../family.ts';
import { steadyProblem, type SteadyProblem } from './problem.ts';

/** Numbers of x for each sample. */
const inputs = 4;

/** The system of a set-up, all its numbers from the seed; it has the weights of a learned start as well. */
export function openSystem({
  steady,
  random: { seed },
}: Pick<Experiment, 'steady' | 'random'>): OpenedProblem & SteadyProblem {
  const { cell, width, samples, gain, rotation, input } = steady;
  const random = namedStream(seed, 'weights');
  const normal = (name: string, shape: readonly number[], deviation: number): tf.Tensor => {
    const size = shape.reduce((a, b) => a * b, 1);
    return tf.tensor(normalArray(random.fork(name), size, deviation), [...shape]);
  };
  const angle = (Math.PI * rotation) / 180;
  const state = turned(random.fork('W'), width, [
    gain * Math.cos(angle),
    gain * Math.sin(angle),
  ] as const);
  const fanIn = 1 / Math.sqrt(inputs);
  const x = normal('x', [samples, inputs], 1);
  const params =
    cell === 'tanh'
      ? {
          W: tf.tensor(state, [width, width]),
          U: normal('U', [inputs, width], input * fanIn),
          b: normal('b', [width], input / 2),
          Ws: normal('Ws', [inputs, width], fanIn),
          bs: tf.zeros([width]),
          x,
        }
      : { 'linear.weight': unit(state, width, random, input * fanIn), x };
  const problem = steadyProblem({
    ...{ cell, params, width, batch: samples },
    c: normalArray(random.fork('c'), samples * width, 1),
  });
  return {
    ...problem,
    notes: [],
    observes: true,
    [Symbol.dispose]: () => {
      tf.dispose(params);
    },
  };
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
function unit(state: Float32Array, width: number, random: Random, deviation: number): tf.Tensor {
  const right = normalArray(random.fork('U'), width * inputs, deviation);
  const row = width + inputs;
  const numbers = Float32Array.from({ length: width * row }, (_, k) => {
    const [i, j] = [Math.floor(k / row), k % row];
    return (j < width ? state[j * width + i] : right[i * inputs + j - width]) ?? 0;
  });
  return tf.tensor(numbers, [width, row]);
}
