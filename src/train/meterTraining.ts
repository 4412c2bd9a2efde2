import type { Task } from '../families/task.ts';
import type { EquilibriumProblem } from '../implicit/problem.ts';
import {
  atBatch,
  type BatchSizes,
  type ForwardSizes,
  type ProblemSizes,
} from '../memory/problemSizes.ts';
import { sizeOf } from '../numerics/iterate.ts';
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
 * What a step of a training takes, as `meterProblem` has it, and what is solved between two steps. Where its batch would take more than a budget, two
 * smaller ones are metered: what is too large for the device is known without trying. Leaves no tensors. Call it
 * outside any tidy.
 */
export function meterTraining(training: MeteredTraining): ProblemSizes {
  const { batch, budget = 32e6 } = training;
  const one = meterBatch(training, 1);
  // What grows with the batch, about: the parameters' share is not in these.
  const each = one.layer + one.evaluation + one.headWork + one.product + 4 * one.state;
  const affordable = Math.max(2, Math.floor(budget / each));
  const at: readonly [number, number] =
    batch > affordable ? [Math.floor(affordable / 2), affordable] : [1, Math.max(2, batch)];
  const [few, more] = at;
  const line: BatchSizes = {
    at,
    sizes: [few === 1 ? one : meterBatch(training, few), meterBatch(training, more)],
  };
  const solved = (samples: number): ForwardSizes => {
    const sizes = atBatch(line, samples / one.samples);
    const { state, injected, evaluation, layer, twice, forwardMap } = sizes;
    return {
      ...{ state, samples, injected, evaluation, layer },
      ...(twice === undefined ? {} : { twice }),
      ...(forwardMap ? { forwardMap } : {}),
    };
  };
  const { heldOut, view } = samplesBetween(training);
  return {
    ...atBatch(line, batch),
    ...(heldOut === undefined ? {} : { heldOut: solved(heldOut) }),
    ...(view === undefined ? {} : { view: solved(view) }),
  };
}

/** Samples of the largest problems that are solved between two steps; undefined where there are none. */
const samplesBetween = ({
  taskOf,
  batch,
  seed,
}: MeteredTraining): { readonly heldOut?: number; readonly view?: number } =>
  allocateOnly(() => {
    const task = taskOf(batch);
    const params = task.initialize(seed);
    const samplesOf = (problem: EquilibriumProblem): number => {
      const z0 = problem.initialState();
      z0.dispose();
      return sizeOf(z0).samples;
    };
    try {
      const held: number[] = [];
      for (const each of task.heldOut()) {
        using owned = each;
        held.push(samplesOf(owned.problem(params)));
      }
      using view = task.view?.();
      return {
        ...(held.length > 0 ? { heldOut: Math.max(...held) } : {}),
        ...(view ? { view: samplesOf(view.problem(params)) } : {}),
      };
    } finally {
      tf.dispose(params);
    }
  });

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
