import type { EquilibriumProblem } from '../implicit/problem.ts';
import type * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';
import type { ParameterSpec } from './parameters.ts';

/** A number that training is watched by. Plain data: it crosses the worker's edge. */
export interface Metric {
  /** Its key in records: `loss`, `accuracy`. */
  readonly name: string;
  readonly title: string;
  /** `nats a token`; empty for a share. */
  readonly unit: string;
  readonly better: 'lower' | 'higher';
  /** Values worth a line in the chart: guessing evenly, the best constant answer. */
  readonly baselines: readonly { readonly title: string; readonly value: number }[];
}

/** One batch of a task, on the device; the caller disposes it. */
export interface TaskBatch extends Disposable {
  /** Examples in it, in the task's unit. */
  readonly examples: number;
  /** The fixed-point problem of this batch, its loss included. */
  problem(params: Params): EquilibriumProblem;
  /** What the next batch needs of this one's solution, by name; the caller owns the tensors. */
  remember?(params: Params, z: tf.Tensor): Params | undefined;
  /** Metrics beyond the loss at a solution, by name. */
  measure?(params: Params, z: tf.Tensor): Promise<Readonly<Record<string, number>>>;
}

/**
 * How a family is trained: all that the trainer knows. Everything random is a function of seed and step,
 * so that a resumed run makes the losses of one that never stopped.
 */
export interface Task {
  readonly parameters: readonly ParameterSpec[];
  /** The loss that is minimised. Its first baseline is that of guessing. */
  readonly loss: Metric;
  /** What `TaskBatch.measure` gives, in the order it is shown. */
  readonly metrics: readonly Metric[];
  /** What examples are counted in: `tokens`, `digits`. */
  readonly unit: string;
  /** Initial parameters, the same for the same seed; the caller owns them. */
  initialize(seed: number): Params;
  /** The batch of update `step` (0, 1, …); `carried` is what the batch before remembered, borrowed. */
  batchAt(step: number, carried?: Params): TaskBatch;
  /** Held-out batches, the same every time; empty where nothing could be held out. */
  heldOut(): readonly TaskBatch[];
}
