import type { Task } from '../families/task.ts';
import { atBatch, type ProblemSizes } from '../memory/problemSizes.ts';
import { allocateOnly } from '../tf/compile.ts';
import * as tf from '../tf/index.ts';
import type { MemoryMeter } from '../tf/memory.ts';
import type { Params } from '../tf/params.ts';
import { carriedBy, penaltyOf, withExtra } from './learn.ts';
import { meterProblem } from './meterProblem.ts';
import type { TrainOptions } from './options.ts';
import { addScales, normalise, pullThroughNorm } from './weightNorm.ts';

/** A training to be metered, before any of it is allocated. */
export interface MeteredTraining {
  /** The task with batches of so many examples. */
  readonly taskOf: (batch: number) => Task;
  readonly batch: number;
  readonly seed: number;
  readonly options: Pick<
    TrainOptions,
    'gradient' | 'penalty' | 'warmStart' | 'weightDecay' | 'weightNorm'
  >;
  readonly meter: MemoryMeter;
  /** Bytes that metering may take itself, about; default 32 MB. */
  readonly budget?: number;
}

/**
 * What a step of a training takes, as `meterProblem` has it. Where its batch would take more than a budget, two
 * smaller ones are metered: what is too large for the device is known without trying. Leaves no tensors. Call it
 * outside any tidy.
 */
export function meterTraining(training: MeteredTraining): ProblemSizes {
  const { batch, budget = 32e6 } = training;
  const one = meterBatch(training, 1);
  if (batch === 1) return one;
  // What grows with the batch, about: the parameters' share is not in these.
  const each = one.layer + one.evaluation + one.headWork + one.product + 4 * one.state;
  const affordable = Math.max(2, Math.floor(budget / each));
  if (batch <= affordable) return meterBatch(training, batch);
  const fewer = Math.floor(affordable / 2);
  const at = [fewer, affordable] as const;
  const few = fewer === 1 ? one : meterBatch(training, fewer);
  return atBatch({ at, sizes: [few, meterBatch(training, affordable)] }, batch);
}

/** The same at one batch. */
const meterBatch = (training: MeteredTraining, examples: number): ProblemSizes =>
  allocateOnly(() => {
    const { taskOf, seed, options, meter } = training;
    const task = taskOf(examples);
    const { parameters } = task;
    const { gradient, penalty, warmStart, weightDecay, weightNorm } = options;
    const before = meter.sample().live;
    const initial = task.initialize(seed);
    const trained = weightNorm ? addScales(parameters, initial) : initial;
    const weights = weightNorm ? normalise(parameters, trained) : trained;
    const pull = (gradients: Params): Params => pullThroughNorm(parameters, trained, gradients);
    let carried: Params | undefined;
    try {
      using first = task.batchAt(0);
      carried = carriedBy(first, weights);
      // A step in the middle of a run: it has something to go on from.
      using second = carried && task.batchAt(1, carried);
      const batch = second ?? first;
      const sizes = meterProblem(withExtra(batch.problem(weights), batch.extra), meter, {
        penalty: penaltyOf(penalty, gradient),
        weightDecay,
        trained: weightNorm ? { params: trained, pull } : undefined,
      });
      const stays = meter.sample().live - before - bytesOf(trained);
      return {
        ...sizes,
        beside: stays + (warmStart ? sizes.state : 0),
        // Until the step's end its state stays, and what the next one carries on is there already.
        update: sizes.update + sizes.state + bytesOf(carried ?? {}),
      };
    } finally {
      tf.dispose([trained, carried ?? {}]);
      if (weightNorm) tf.dispose(weights);
    }
  });

const bytesOf = (tensors: Params): number =>
  Object.values(tensors).reduce((bytes, { size }) => bytes + 4 * size, 0);
