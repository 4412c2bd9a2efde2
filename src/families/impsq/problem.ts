import { problemMaps } from '../../implicit/problemMaps.ts';
import type { EquilibriumProblem } from '../../implicit/problem.ts';
import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';
import type { FamilyProblem } from '../family.ts';
import { onePart } from '../layout.ts';
import type { Observation } from '../observation.ts';
import { evaluate, injectionOf, type PictureCell } from './cell.ts';

/** Places of a picture that are solved for together. */
export interface Places {
  /** Their coordinates, across in the first row and down in the second: `[2, rows · columns]`, between −1 and 1. */
  readonly x: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** Middles of the cells of a grid of `side` × `side`; of those rows alone, where some are named. */
export function placesOf(side: number, rows?: readonly number[]): Places {
  const lines = rows ?? Array.from({ length: side }, (_, i) => i);
  const count = lines.length * side;
  const x = new Float32Array(2 * count);
  const middle = (i: number): number => (2 * i + 1) / side - 1;
  for (const [row, line] of lines.entries())
    for (let column = 0; column < side; column++) {
      x[row * side + column] = middle(column);
      x[count + row * side + column] = middle(line);
    }
  return { x, rows: lines.length, columns: side };
}

/** What a picture's problem is made of. */
export interface PictureParts {
  readonly cell: PictureCell;
  /** The problem owns them. */
  readonly params: Params;
  readonly width: number;
  readonly places: Places;
  readonly sample: string;
  readonly loss: EquilibriumProblem['loss'];
  /** What a state says; absent: nothing. */
  readonly observe?: (z: tf.Tensor) => Promise<Observation[]>;
}

/**
 * z* = f(z*, x) at every place of a picture, whose states make one: `[1, width, rows, columns]`, so that residuals are those
 * of the whole picture, as in the paper's code. It starts at zeros.
 */
export function pictureProblem({
  cell,
  params,
  width,
  places,
  sample,
  loss,
  observe = () => Promise.resolve([]),
}: PictureParts): FamilyProblem {
  const { rows, columns } = places;
  const shape = [1, width, rows, columns];
  const problem: EquilibriumProblem = {
    params,
    inject: (given) => injectionOf(cell, given, coordinates(places)),
    f: (given, injection, z) =>
      tf.reshape(evaluate(cell, given, injection, tf.reshape(z, [width, rows * columns])), shape),
    loss,
    initialState: () => tf.zeros(shape),
  };
  return {
    ...problem,
    samples: [sample],
    layout: onePart('z', [width, rows, columns], ['channels', 'rows', 'columns']),
    maps: problemMaps(problem),
    observe,
  };
}

const coordinates = ({ x }: Places): tf.Tensor => tf.tensor(x, [2, x.length / 2]);

/** The colours that a state says, `[channels, places]`, 0 the middle between black at −1 and white at 1. */
export function colours(params: Params, z: tf.Tensor): tf.Tensor {
  const weight = param(params, 'readout.weight');
  const width = weight.shape[1] ?? 1;
  return tf.add(
    tf.matMul(weight, tf.reshape(z, [width, z.size / width])),
    tf.reshape(param(params, 'readout.bias'), [-1, 1]),
  );
}

/** Half of that pixel's way: values 0 … 255 as the network has them, channel by channel. */
export function targetOf(
  pixels: Uint8Array,
  channels: number,
  size: number,
  rows?: readonly number[],
): Float32Array {
  const lines = rows ?? Array.from({ length: size }, (_, i) => i);
  const count = lines.length * size;
  const target = new Float32Array(channels * count);
  for (const [row, line] of lines.entries())
    for (let column = 0; column < size; column++)
      for (let k = 0; k < channels; k++)
        target[k * count + row * size + column] =
          (pixels[(line * size + column) * channels + k] ?? 0) / 127.5 - 1;
  return target;
}

/**
 * Mean square of the colours' distance to a target `[channels, rows · columns]`. Where the state is on a grid `finer` times
 * as fine, a pixel's colour is the mean of its places.
 */
export const pictureLoss =
  (target: Float32Array, channels: number, { rows, columns }: Places, finer = 1) =>
  (params: Params, z: tf.Tensor): tf.Scalar => {
    const drawn = colours(params, z);
    const pixels = finer === 1 ? drawn : meansOf(drawn, channels, rows, columns, finer);
    const wanted = tf.tensor(target, [channels, (rows * columns) / finer ** 2]);
    return tf.mean(tf.square(tf.sub(pixels, wanted)));
  };

function meansOf(
  drawn: tf.Tensor,
  channels: number,
  rows: number,
  columns: number,
  finer: number,
): tf.Tensor {
  const [high, wide] = [rows / finer, columns / finer];
  const down = tf.mean(tf.reshape(drawn, [channels * high, finer, columns]), 1);
  return tf.reshape(tf.mean(tf.reshape(down, [channels * high * wide, finer]), 1), [
    channels,
    high * wide,
  ]);
}

/** Decibels of a mean square error of colours between −1 and 1. */
export const decibels = (loss: number): number => 10 * Math.log10(4 / loss);
