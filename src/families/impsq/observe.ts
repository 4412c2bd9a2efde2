import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';
import { readPacked } from '../../tf/readback.ts';
import type { FiguresObservation, ImageObservation, Observation } from '../observation.ts';
import { biasOf, injected, injectionOf, type PictureCell } from './cell.ts';
import { directSolve } from './directSolve.ts';
import { colours, decibels, type Places } from './problem.ts';
import { largestSingular, weightBound } from './spectralBound.ts';

/** What is needed to say what a state is. */
export interface Observed {
  readonly cell: PictureCell;
  /** Borrowed for as long as it is asked. */
  readonly params: Params;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly places: Places;
  /** The picture's numbers between −1 and 1, `[channels, pixels]`. */
  readonly target: Float32Array;
  /** Times as fine a grid as its pixels that the state is on. */
  readonly finer: number;
}

/**
 * What every state says, in one read-back: the picture, its difference to the one that is meant, how far the direct solve is.
 * On a finer grid, where nothing is known to differ from, the pixels that were learnt stand beside it.
 */
export function pictureObserver(given: Observed): (z: tf.Tensor) => Promise<Observation[]> {
  const { params, channels, places, target, width, finer } = given;
  const { rows, columns } = places;
  const count = rows * columns;
  const affine = given.cell.filter !== 'sine';
  const row = Math.floor(rows / 2);
  let known: Promise<Host> | undefined;
  const learnt = channelsLast(target, channels, count / finer ** 2);
  const pixels: ImageObservation | undefined =
    finer === 1
      ? undefined
      : {
          ...{ kind: 'image', name: 'Pixels it has learnt', sample: 0, channels, range: [0, 1] },
          // As large as what is drawn, so that they can be held beside each other.
          ...{ rows, columns, data: repeated(learnt, { columns, channels, finer }) },
        };
  return async (z) => {
    const [image, line] = tf.tidy(() => [colours(params, z), rowOf(z, row)] as const);
    known ??= hostOf(given, row);
    const none = new Float32Array();
    const [drawn = none, states = none] = await readPacked([image, line]).finally(() => {
      tf.dispose([image, line]);
    });
    const { solution, every, singular } = await known;
    const picture: ImageObservation = {
      ...{ kind: 'image', name: 'Picture', sample: 0, rows, columns, channels },
      ...{ data: channelsLast(drawn, channels, count), range: [0, 1] },
      ...(pixels ? {} : { reference: learnt }),
    };
    const figures: FiguresObservation = {
      ...{ kind: 'figures', name: 'in numbers' },
      rows: [
        ...(pixels
          ? []
          : [
              {
                name: 'PSNR',
                value: likeness(drawn, target),
                unit: 'dB',
                followed: 'linear' as const,
              },
            ]),
        ...(affine
          ? [
              {
                name: 'distance to the direct solve',
                value: distance(states, solution, { width, columns, every }),
                followed: 'log' as const,
                note: 'With this filter f is affine in z, so the fixed point is also the solution of a linear system at each place: solved by elimination at sixteen of them, and this is how far z is from it, relative.',
              },
            ]
          : []),
        {
          name: 'largest ‖W‖₂',
          value: singular,
          note:
            given.cell.norm === 'spectral'
              ? `Of the weights as they are used, scaled down to ${String(weightBound)} at most: no wave is above 1, so that f is a contraction at every place.`
              : 'Not bounded: above 1 nothing promises that there is one fixed point, or that iteration finds it.',
        },
      ],
    };
    return [picture, pixels ?? difference(drawn, target, given), figures];
  };
}

/** Decibels of colours beside those that are meant. */
const likeness = (drawn: Float32Array, target: Float32Array): number =>
  decibels(
    drawn.reduce((sum, value, i) => sum + (value - (target[i] ?? NaN)) ** 2, 0) / drawn.length,
  );

/** Where the picture is too light and where too dark, mean of the channels. */
function difference(
  drawn: Float32Array,
  target: Float32Array,
  { channels, places }: Observed,
): ImageObservation {
  const { rows, columns } = places;
  const count = rows * columns;
  const data = new Float32Array(count);
  for (let k = 0; k < channels; k++)
    for (let i = 0; i < count; i++)
      data[i] =
        (data[i] ?? 0) +
        ((drawn[k * count + i] ?? NaN) - (target[k * count + i] ?? 0)) / (2 * channels);
  return {
    ...{ kind: 'image', name: 'Difference', sample: 0, rows, columns, channels: 1 },
    ...{ data, range: [-0.25, 0.25] },
  };
}

/** A picture, channels last, with every pixel repeated across and down; `columns` of the one that comes out. */
function repeated(
  pixels: Float32Array,
  {
    columns,
    channels,
    finer,
  }: { readonly columns: number; readonly channels: number; readonly finer: number },
): Float32Array {
  const line = columns * channels;
  return Float32Array.from({ length: pixels.length * finer ** 2 }, (_, i) => {
    const row = Math.floor(Math.floor(i / line) / finer);
    const column = Math.floor(Math.floor((i % line) / channels) / finer);
    return pixels[(row * (columns / finer) + column) * channels + (i % channels)] ?? 0;
  });
}

/** Numbers between −1 and 1, channel by channel, as a picture's between 0 and 1, channels last. */
function channelsLast(values: Float32Array, channels: number, count: number): Float32Array {
  const data = new Float32Array(values.length);
  for (let k = 0; k < channels; k++)
    for (let i = 0; i < count; i++)
      data[i * channels + k] = ((values[k * count + i] ?? NaN) + 1) / 2;
  return data;
}

/** The states of one row of places `[C, columns]`, of `[1, C, rows, columns]`. */
const rowOf = (z: tf.Tensor, row: number): tf.Tensor => {
  const [, width = 1, , columns = 1] = z.shape;
  return tf.reshape(tf.slice(z, [0, 0, row, 0], [1, width, 1, columns]), [width, columns]);
};

/** What is worked out once on the host: the direct solution at every so-manieth place of a row, and the longest weights. */
interface Host {
  readonly solution: Float64Array;
  readonly every: number;
  readonly singular: number;
}

async function hostOf(
  { cell, params, width, places }: Pick<Observed, 'cell' | 'params' | 'width' | 'places'>,
  row: number,
): Promise<Host> {
  const { columns } = places;
  const { layers } = cell;
  const every = Math.max(1, Math.floor(columns / 16));
  // The injection of those places alone: the first picture waits for this.
  const some = everySoManieth(places, row, every);
  const count = some.length / 2;
  const tensors = tf.tidy(() => {
    const injection = injectionOf(cell, params, tf.tensor(some, [2, count]));
    const { own, filters, weights } = injected(cell, injection, width, count);
    return [
      tf.stack(weights.map((w) => largestSingular(w))),
      ...weights.map((w) => tf.clone(w)),
      ...weights.map((_, l) => tf.clone(param(params, biasOf(l)))),
      ...[own, ...filters].map((wave) => tf.clone(wave)),
    ];
  });
  const read = await readPacked(tensors).finally(() => {
    tf.dispose(tensors);
  });
  const none = new Float32Array();
  const [singulars = none, ...parts] = read;
  const waves = parts.slice(2 * layers);
  const affine = cell.filter !== 'sine';
  return {
    singular: Math.max(...singulars),
    every,
    solution: affine
      ? directSolve({
          ...{ width, places: count, own: waves[0] ?? none },
          layers: Array.from({ length: layers }, (_, l) => ({
            filter: waves[l + 1] ?? none,
            weight: parts[l] ?? none,
            bias: parts[layers + l] ?? none,
          })),
        })
      : new Float64Array(),
  };
}

/** Coordinates `[2, columns / every]` of every so-manieth place of a row. */
function everySoManieth({ x, columns }: Places, row: number, every: number): Float32Array {
  const taken = Math.floor(columns / every);
  const count = x.length / 2;
  return Float32Array.from(
    { length: 2 * taken },
    (_, i) => x[Math.floor(i / taken) * count + row * columns + (i % taken) * every] ?? 0,
  );
}

/** ‖z − z′‖ / ‖z′‖ over the places that were solved directly. */
function distance(
  states: Float32Array,
  solution: Float64Array,
  {
    width,
    columns,
    every,
  }: { readonly width: number; readonly columns: number; readonly every: number },
): number {
  const taken = solution.length / width;
  let [gap, size] = [0, 0];
  for (let i = 0; i < solution.length; i++) {
    const right = solution[i] ?? NaN;
    const at = Math.floor(i / taken) * columns + (i % taken) * every;
    gap += ((states[at] ?? NaN) - right) ** 2;
    size += right ** 2;
  }
  return Math.sqrt(gap / Math.max(size, 1e-30));
}
