import type { Random } from '../../data/random.ts';
import { namedStream } from '../../data/random.ts';
import { drawingSide, drawingSize } from '../../inputs/drawing.ts';
import type { Digits } from '../../inputs/digits.ts';
import type { MapValues } from '../../numerics/maps.ts';
import type * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import type { Task, TaskBatch } from '../task.ts';
import {
  classes,
  monotoneParameters,
  operatorOf,
  randomParameters,
  type DigitNetwork,
} from './parameters.ts';
import { digitLoss, networkInput, probabilities } from './network.ts';
import { monotoneProblem, solvedBySplitting, type MonotoneProblem } from './problem.ts';
import type { Splittings } from './splitting.ts';

/** How a network learns digits. */
export interface DigitsTaskOptions {
  readonly network: DigitNetwork;
  readonly m: number;
  readonly gain: number;
  readonly seed: number;
  /** Digits in an update's batch. */
  readonly batch: number;
  /** Each digit is moved by up to so many pixels, every time anew; 0 learns them as they are. */
  readonly shift: number;
  /** The splitting that solves iterate, both ways; absent: f itself. */
  readonly map?: { readonly name: keyof Splittings; readonly values: MapValues } | undefined;
}

/** Held-out digits in one batch. */
const heldOutBatch = 100;

/** Learning handwritten digits: cross entropy, and how many of those held out are told right. */
export function digitsTask(digits: Digits, options: DigitsTaskOptions): Task {
  const { network, gain, seed, batch } = options;
  const held: number[][] = [];
  for (let i = 0; i < digits.heldOut.length; i += heldOutBatch)
    held.push(digits.heldOut.slice(i, i + heldOutBatch));
  return {
    parameters: monotoneParameters(network, gain),
    loss: {
      name: 'loss',
      title: 'Loss',
      unit: 'nats',
      per: 'digit',
      help: 'mean cross entropy',
      better: 'lower',
      baselines: [
        {
          ...{ title: 'uniform', symbol: 'ln 10', value: Math.log(classes) },
          ...{ words: 'guessing evenly', detail: 'among ten digits' },
        },
      ],
    },
    metrics: [
      {
        name: 'accuracy',
        title: 'Accuracy',
        unit: '',
        better: 'higher',
        baselines: [{ title: 'guessing evenly', value: 1 / classes }],
      },
    ],
    unit: 'digits',
    initialize: (from) => randomParameters(network, from, gain),
    batchAt: (step) => {
      const chance = namedStream(seed, 'data order').fork(String(step));
      const chosen = Array.from(
        { length: Math.min(batch, digits.training.length) },
        () => digits.training[chance.integer(digits.training.length)] ?? 0,
      );
      return digitsBatch(digits, options, chosen, chance);
    },
    *heldOut() {
      for (const chosen of held) yield digitsBatch(digits, options, chosen);
    },
  };
}

/** The digits of those indices; moved about where there is chance. */
function digitsBatch(
  digits: Digits,
  { network, m, shift, map }: DigitsTaskOptions,
  chosen: readonly number[],
  chance?: Random,
): TaskBatch {
  const labels = chosen.map((i) => digits.label(i));
  const pictures = chosen.map((i) => {
    const pixels = digits.pixels(i);
    if (!chance || shift === 0) return pixels;
    const by = (): number => chance.integer(2 * shift + 1) - shift;
    return moved(pixels, by(), by());
  });
  const operator = operatorOf(network, m);
  const input = networkInput(network, pictures);
  const problem = (params: Params): MonotoneProblem => {
    const plain = monotoneProblem({
      operator,
      params,
      samples: labels.map(String),
      input,
      loss: digitLoss(network, labels),
      observe: () => Promise.resolve([]),
    });
    return map ? solvedBySplitting(plain, map.name, map.values) : plain;
  };
  return {
    examples: chosen.length,
    problem,
    measure: async (params: Params, z: tf.Tensor) => {
      const shares = probabilities(network, params, z);
      const read = shares.array().finally(() => {
        shares.dispose();
      });
      const guesses = (await read) as number[][];
      const right = guesses.filter((row, i) => row.indexOf(Math.max(...row)) === labels[i]).length;
      return { accuracy: right / chosen.length };
    },
    // Its pictures are on the host: nothing on the device is its own.
    [Symbol.dispose]: () => undefined,
  };
}

/** A picture moved right and down; what comes in is blank. */
function moved(pixels: Float32Array, right: number, down: number): Float32Array {
  const to = new Float32Array(drawingSize);
  for (let row = 0; row < drawingSide; row++)
    for (let column = 0; column < drawingSide; column++) {
      const [r, c] = [row - down, column - right];
      if (r >= 0 && r < drawingSide && c >= 0 && c < drawingSide)
        to[row * drawingSide + column] = pixels[r * drawingSide + c] ?? 0;
    }
  return to;
}
