/** What families that tell handwritten digits apart have in common: their input, their loss, and how they learn. */
import { namedStream, type Random } from '../data/random.ts';
import type { Digits } from '../inputs/digits.ts';
import { decodeDrawing, drawingSide, drawingSize } from '../inputs/drawing.ts';
import { softmaxCrossEntropy } from '../ops/crossEntropy.ts';
import { oneHotRows } from '../ops/embed.ts';
import type { EquilibriumProblem } from '../implicit/problem.ts';
import * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';
import { labelOf, type DigitInput } from './digitSettings.ts';
import type { Observation } from './observation.ts';
import type { ParameterSpec } from './parameters.ts';
import type { Task, TaskBatch } from './task.ts';

/** What there is to tell apart. */
export const classes = 10;

/** Mean and standard deviation of MNIST's pixels, by which pictures are normalised. */
const [mean, deviation] = [0.1307, 0.3081];

/** Pictures of 784 pixels between 0 and 1, normalised, one after the other. */
export function normalisedPixels(pictures: readonly ArrayLike<number>[]): Float32Array {
  const values = new Float32Array(pictures.length * drawingSize);
  for (const [i, picture] of pictures.entries())
    values.set(
      Array.from(picture, (grey) => (grey - mean) / deviation),
      i * drawingSize,
    );
  return values;
}

/**
 * Mean cross entropy in nats of `scores [batch, 10]` against `labels`, one for each row. A row without one is held against
 * its own first guess: the loss then says how sure the network is.
 */
export function digitCrossEntropy(
  scores: tf.Tensor,
  labels: readonly (number | null)[],
): tf.Scalar {
  if (labels.every((label) => label !== null))
    return softmaxCrossEntropy(scores, oneHotRows([labels], classes));
  const known = oneHotRows([labels.map((label) => label ?? 0)], classes);
  const chosen = tf.sum(tf.mul(scores, known), -1);
  const has = tf.tensor1d(labels.map((label) => (label === null ? 0 : 1)));
  const right = tf.add(tf.mul(chosen, has), tf.mul(tf.max(scores, -1), tf.sub(1, has)));
  return tf.mean(tf.sub(tf.logSumExp(scores, -1), right));
}

/** A set-up's drawing as a problem has it. */
export interface DrawnDigit {
  readonly pixels: Float32Array;
  readonly label: number | null;
  /** The one sample in words. */
  readonly samples: readonly string[];
  /** What its user should know of it; it is solved for all the same. */
  readonly notes: readonly string[];
  /** What a state says of it, by the ten probabilities that are read out: the digit, and the drawing beside it. */
  readonly observed: (probability: Float32Array) => Observation[];
}

/** Reads a set-up's drawing. Never throws. */
export function drawnDigit(input: DigitInput): DrawnDigit {
  const { pixels, problem: unreadable } = decodeDrawing(input.pixels);
  const label = labelOf(input);
  return {
    ...{ pixels, label },
    samples: [label === null ? 'a drawing' : `a drawing of a ${String(label)}`],
    notes: [...(unreadable === undefined ? [] : [unreadable]), ...drawingNotes(pixels)],
    observed: (probability) => [
      {
        ...{ kind: 'classes', name: 'Digit' },
        labels: Array.from({ length: classes }, (_, digit) => String(digit)),
        probability: [Array.from(probability)],
        truth: [label],
      },
      {
        ...{ kind: 'image', name: 'Drawing', sample: 0, channels: 1 },
        ...{ rows: drawingSide, columns: drawingSide, data: pixels, range: [0, 1] },
      },
    ],
  };
}

/** What is odd about a drawing. */
function drawingNotes(pixels: Float32Array): readonly string[] {
  const inked = pixels.filter((grey) => grey > 0).length;
  if (inked === 0) return ['The canvas is blank: the probabilities are those of no digit at all.'];
  if (inked === 1) return ['The drawing is a single pixel: no digit the network has ever seen.'];
  if (inked > 0.9 * pixels.length)
    return ['The canvas is nearly full: no digit the network has ever seen.'];
  return [];
}

/** A network that learns to tell digits apart. */
export interface DigitReader {
  readonly parameters: readonly ParameterSpec[];
  /** New parameters, the same for the same seed; the caller owns them. */
  initialize(seed: number): Params;
  /** The problem of some pictures and their classes, made once a batch. */
  problem(
    pictures: readonly Float32Array[],
    labels: readonly number[],
  ): (params: Params) => EquilibriumProblem;
  /** Probabilities `[sample, digit]` at a state; the caller owns them. Borrows both. */
  probabilities(params: Params, z: tf.Tensor): tf.Tensor;
}

/** In which order digits are learnt from. */
export interface DigitOrder {
  readonly seed: number;
  /** Digits in an update's batch. */
  readonly batch: number;
  /** Each digit is moved by up to so many pixels, every time anew; 0 learns them as they are. */
  readonly shift: number;
}

/** Held-out digits in one batch. */
const heldOutBatch = 100;

/** Learning handwritten digits: cross entropy, and how many of those held out are told right. */
export function readingTask(
  digits: Digits,
  reader: DigitReader,
  { seed, batch, shift }: DigitOrder,
): Task {
  const held: number[][] = [];
  for (let i = 0; i < digits.heldOut.length; i += heldOutBatch)
    held.push(digits.heldOut.slice(i, i + heldOutBatch));
  return {
    parameters: reader.parameters,
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
    initialize: (from) => reader.initialize(from),
    batchAt: (step) => {
      const chance = namedStream(seed, 'data order').fork(String(step));
      const chosen = Array.from(
        { length: Math.min(batch, digits.training.length) },
        () => digits.training[chance.integer(digits.training.length)] ?? 0,
      );
      return digitsBatch(digits, reader, chosen, { shift, chance });
    },
    *heldOut() {
      for (const chosen of held) yield digitsBatch(digits, reader, chosen);
    },
  };
}

/** The digits of those indices; moved about where there is chance. */
function digitsBatch(
  digits: Digits,
  reader: DigitReader,
  chosen: readonly number[],
  moving?: { readonly shift: number; readonly chance: Random },
): TaskBatch {
  const labels = chosen.map((i) => digits.label(i));
  const pictures = chosen.map((i) => {
    const pixels = digits.pixels(i);
    if (!moving || moving.shift === 0) return pixels;
    const { shift, chance } = moving;
    const by = (): number => chance.integer(2 * shift + 1) - shift;
    return moved(pixels, by(), by());
  });
  return {
    examples: chosen.length,
    problem: reader.problem(pictures, labels),
    measured: {
      readout: (params, z) => reader.probabilities(params, z),
      tell: (shares) => {
        const right = labels.filter((label, i) => {
          const row = shares.subarray(i * classes, (i + 1) * classes);
          return row.indexOf(Math.max(...row)) === label;
        }).length;
        return { accuracy: right / chosen.length };
      },
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
