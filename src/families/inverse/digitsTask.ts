import { namedStream, type Random } from '../../data/random.ts';
import type { Digits } from '../../inputs/digits.ts';
import * as tf from '../../tf/index.ts';
import type { Task, TaskBatch } from '../task.ts';
import { measure, psnr } from './measure.ts';
import { inverseProblem, type InverseCell } from './problem.ts';
import { drawRegulariser, inverseParameters } from './regulariser.ts';

/** How a regulariser is learnt. */
export interface RestoringTaskOptions {
  readonly cell: InverseCell;
  /** Deviation of the noise. */
  readonly noise: number;
  readonly gain: number;
  readonly seed: number;
  /** Digits in an update's batch. */
  readonly batch: number;
}

/** Held-out digits that are measured, and how many of them in one batch. */
const heldOutCount = 200;
const heldOutBatch = 50;

/** Learning what digits look like by restoring them: the mean square of what is wrong, and PSNR on those held out. */
export function restoringTask(digits: Digits, options: RestoringTaskOptions): Task {
  const { cell, gain, seed, batch, noise } = options;
  const { regulariser, measurement } = cell;
  const held = digits.heldOut.slice(0, heldOutCount);
  const batches: number[][] = [];
  for (let i = 0; i < held.length; i += heldOutBatch) batches.push(held.slice(i, i + heldOutBatch));
  const asMeasured = measuredAs(digits, options, held.slice(0, heldOutBatch));
  return {
    parameters: inverseParameters(regulariser),
    loss: {
      name: 'loss',
      title: 'Loss',
      unit: 'MSE',
      help: 'mean square error of the pixels, black 0 and white 1',
      better: 'lower',
      baselines: [
        {
          ...{ title: 'as measured', value: asMeasured.squares },
          ...{ words: 'leaving pictures as they were measured' },
        },
      ],
    },
    metrics: [
      {
        name: 'psnr',
        title: 'PSNR',
        unit: 'dB',
        better: 'higher',
        help: 'mean over pictures',
        baselines: [{ title: 'as measured', value: asMeasured.decibels }],
      },
    ],
    unit: 'digits',
    initialize: (from) => drawRegulariser(regulariser, from, gain),
    batchAt: (step) => {
      const chance = namedStream(seed, 'data order').fork(String(step));
      const chosen = Array.from(
        { length: Math.min(batch, digits.training.length) },
        () => digits.training[chance.integer(digits.training.length)] ?? 0,
      );
      return restoringBatch(digits, options, chosen, chance);
    },
    *heldOut() {
      for (const [i, chosen] of batches.entries())
        yield restoringBatch(digits, options, chosen, heldOutNoise(i));
    },
  };

  function heldOutNoise(i: number): Random {
    return namedStream(seed, 'perturbation').fork(`held out ${String(i)}`);
  }

  function measuredAs(
    of: Digits,
    { noise: deviation }: RestoringTaskOptions,
    chosen: readonly number[],
  ): { readonly squares: number; readonly decibels: number } {
    const chance = heldOutNoise(0);
    const each = chosen.map((index) => {
      const picture = of.pixels(index);
      return psnr(
        measure(measurement, picture, { deviation, normal: () => chance.normal() }),
        picture,
      );
    });
    const mean = (values: readonly number[]): number =>
      values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
    return {
      squares: mean(each.map((decibels) => 10 ** (-decibels / 10))),
      decibels: noise === 0 ? mean(each.filter(Number.isFinite)) : mean(each),
    };
  }
}

/** The digits of those indices, measured with noise of their own. */
function restoringBatch(
  digits: Digits,
  { cell, noise }: RestoringTaskOptions,
  chosen: readonly number[],
  chance: Random,
): TaskBatch {
  const size = cell.measurement.side ** 2;
  const truth = new Float32Array(chosen.length * size);
  const given = new Float32Array(chosen.length * size);
  for (const [i, index] of chosen.entries()) {
    const picture = digits.pixels(index);
    truth.set(picture, i * size);
    const how = { deviation: noise, normal: () => chance.normal() };
    given.set(measure(cell.measurement, picture, how), i * size);
  }
  return {
    examples: chosen.length,
    problem: (params) =>
      inverseProblem({
        ...{ ...cell, params, truth },
        samples: chosen.map((index) => String(digits.label(index))),
        given: () => tf.tensor(given, [chosen.length, size]),
      }),
    measured: {
      readout: (_, z) => tf.clone(z),
      tell: (values) => {
        const each = chosen.map((__, i) =>
          psnr(values.subarray(i * size, (i + 1) * size), truth.subarray(i * size, (i + 1) * size)),
        );
        return { psnr: each.reduce((sum, value) => sum + value, 0) / chosen.length };
      },
    },
    // Its pictures are on the host: nothing on the device is its own.
    [Symbol.dispose]: () => undefined,
  };
}
