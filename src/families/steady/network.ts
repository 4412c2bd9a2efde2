import { BadInputError } from '../../data/badInput.ts';
import { createRandom } from '../../data/random.ts';
import { softmaxCrossEntropy } from '../../ops/crossEntropy.ts';
import { oneHotRows } from '../../ops/embed.ts';
import { linear } from '../../ops/linear.ts';
import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';
import { namedParams, type FileTensors, type ParameterSpec } from '../parameters.ts';
import type { SteadyCell, SteadyParts } from './problem.ts';
import { drawWeights, normalTensor, type SystemSettings } from './weights.ts';

/** A network that tells two classes of points apart: a small system, and a readout of its steady state. */
export interface PointNetwork {
  readonly cell: SteadyCell;
  readonly width: number;
}

const classes = 2;

/** Numbers of x: a point's two, and a 1 for the linear unit, which has no bias. */
export const inputsOf = (cell: SteadyCell): number => (cell === 'tanh' ? 2 : 3);

/**
 * All parameters, by the names and in the layouts of the reference codes: `W`, `U`, `b` or `linear.weight`, the learned
 * start's `Ws`, `bs`, and a readout `[classes, width]` as PyTorch has one.
 */
export function pointParameters({ cell, width }: PointNetwork): ParameterSpec[] {
  const inputs = inputsOf(cell);
  const shapes: Readonly<Record<string, readonly number[]>> = {
    ...(cell === 'tanh'
      ? { W: [width, width], U: [inputs, width], b: [width] }
      : { 'linear.weight': [width, width + inputs] }),
    ...{ Ws: [inputs, width], bs: [width] },
    ...{ 'readout.weight': [classes, width], 'readout.bias': [classes] },
  };
  return Object.entries(shapes).map(([name, shape]) => ({
    ...{ name, torch: name, shape },
    // They are drawn by `drawPointWeights`, which knows the set-up's spectrum.
    deviation: 0,
  }));
}

/** Parameters that training begins with: the same for the same seed. The caller owns them. */
export const drawPointWeights = (settings: SystemSettings, seed: number): Params => {
  const { cell, width } = settings;
  return {
    ...drawWeights(settings, seed, inputsOf(cell)),
    'readout.weight': normalTensor(
      createRandom(seed).fork('readout'),
      [classes, width],
      1 / Math.sqrt(width),
    ),
    'readout.bias': tf.zeros([classes]),
  };
};

/** Points as the cell takes them, `[count, 2]` or `[count, 3]`, made anew whenever they are asked for. */
export function pointInput(
  cell: SteadyCell,
  at: readonly (readonly [number, number])[],
): () => tf.Tensor {
  const inputs = inputsOf(cell);
  const values = Float32Array.from(at.flatMap(([x, y]) => (inputs === 2 ? [x, y] : [x, y, 1])));
  return () => tf.tensor(values, [at.length, inputs]);
}

/** Logits `[batch, 2]` of a steady state. */
export const logits = (params: Params, z: tf.Tensor): tf.Tensor =>
  linear(z, param(params, 'readout.weight'), {
    transposed: true,
    bias: param(params, 'readout.bias'),
  });

/** Mean cross entropy in nats against the classes, one for each row. */
export const pointLoss =
  (labels: readonly number[]): SteadyParts['loss'] =>
  (params, z) =>
    softmaxCrossEntropy(logits(params, z), oneHotRows([labels], classes));

/** The probability of the second class for each row `[batch, 1]`; the caller owns it. Borrows both. */
export const secondClass = (params: Params, z: tf.Tensor): tf.Tensor =>
  tf.tidy(() => tf.slice(tf.softmax(logits(params, z)), [0, 1], [-1, 1]));

/**
 * The network that a file holds, of either cell and any width up to 64, and its parameters, which the caller owns. Throws
 * a BadInputError that says what does not fit.
 */
export function openPointWeights(file: FileTensors): { network: PointNetwork; params: Params } {
  const leading = file['W'] ?? file['linear.weight'];
  const [width] = leading?.shape ?? [];
  if (!leading || width === undefined || width < 1)
    throw new BadInputError('It has no tensor named W or linear.weight, so it is no small system.');
  if (width > 64)
    throw new BadInputError(
      `Its state has ${String(width)} numbers; small systems have 64 at most.`,
    );
  const network: PointNetwork = { cell: file['W'] ? 'tanh' : 'unit', width };
  const specs = pointParameters(network);
  return {
    network,
    params: namedParams(specs, file, {
      strange: 'this network does not.',
      shape: () => 'points have two coordinates and one of two classes',
    }),
  };
}
