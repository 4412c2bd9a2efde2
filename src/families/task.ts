/**
 * How a family is trained: the contract between a family and the trainer, and what the page says of it. The
 * trainer knows tasks and metrics; what a token or a digit is, only its family does.
 */
import type { EquilibriumProblem } from '../implicit/problem.ts';
import type * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';
import type { Observation } from './observation.ts';
import type { ParameterSpec } from './parameters.ts';

/** A number of the part that is learnt from and of the part held out; 0 where nothing is held out. */
export interface OfParts {
  readonly train: number;
  readonly heldOut: number;
}

/** A value worth a line in a metric's chart: guessing evenly, the best constant answer. */
export interface Baseline {
  /** At its line: `uniform`. */
  readonly title: string;
  readonly value: number;
  /** The value as a formula: `ln V`. */
  readonly symbol?: string;
  /** Who reaches it, within a sentence: `guessing evenly`. Absent: the title. */
  readonly words?: string;
  /** What the words leave open: `among 64 tokens`. */
  readonly detail?: string;
}

/** A metric's value said in another way: a loss as a perplexity. */
export interface Reading {
  readonly title: string;
  /** One sentence; `{of}` in it becomes "of held-out text" or "of the newest batch". */
  readonly help: string;
  /** e to the value, or the value times a factor of the very part that it was measured on. */
  readonly convert: 'exp' | OfParts;
}

/** A number that training is watched by. Plain data: it crosses the worker's edge. */
export interface Metric {
  /** Its key in records: `loss`, `accuracy`. */
  readonly name: string;
  readonly title: string;
  /** `nats`; empty for a share, which is shown in percent. */
  readonly unit: string;
  /** What one unit is for: `token`, so that all of it reads "nats a token". */
  readonly per?: string;
  /** What it is, one sentence fragment: `mean cross entropy`. */
  readonly help?: string;
  readonly better: 'lower' | 'higher';
  readonly baselines: readonly Baseline[];
  readonly readings?: readonly Reading[];
}

/**
 * One batch of a task, on the device; the caller disposes it once nothing made by it is in use any more: its
 * problems borrow its tensors.
 */
export interface TaskBatch extends Disposable {
  /** Examples in it, in the task's unit. */
  readonly examples: number;
  /** The fixed-point problem of this batch, its loss included. Borrows the parameters. */
  problem(params: Params): EquilibriumProblem;
  /**
   * A further term of what is minimised, such as that of a learned initial state (Skip-DEQ). It is taken at the same
   * z, by the same tape as the loss, so that a step's memory is that of one head; its value goes into the records
   * under `name`, one of the task's metrics, and is no part of the loss that is shown and judged.
   */
  readonly extra?: {
    readonly name: string;
    /** Borrows its arguments, returns a fresh scalar; called inside a tidy or on a tape. */
    term(params: Params, z: tf.Tensor): tf.Scalar;
  };
  /** The same problem from zeros, where `problem` starts elsewhere: held-out solves are counted from both. */
  readonly fromZeros?: (params: Params) => EquilibriumProblem;
  /** What the next batch needs of this one's solution, by name; the caller owns the tensors. */
  remember?(params: Params, z: tf.Tensor): Params | undefined;
  /** Metrics beyond the loss at a solution. */
  readonly measured?: Measured;
}

/** Metrics of a batch in two halves, so that all that is read of a step is read at once. */
export interface Measured {
  /**
   * What they are told by, where the loss does not say all: borrows its arguments, returns a fresh tensor, and is called
   * inside a tidy.
   */
  readout?(params: Params, z: tf.Tensor): tf.Tensor;
  /** The metrics by name, of the readout's numbers (none without one) and the batch's loss at the same z. */
  tell(numbers: Float32Array, loss: number): Readonly<Record<string, number>>;
}

/** What is drawn of a network while it trains: a problem to solve for it, and what the solution says. */
export interface TaskView extends Disposable {
  /** Borrows the parameters. */
  problem(params: Params): EquilibriumProblem;
  /** Borrows its arguments. */
  observe(params: Params, z: tf.Tensor): Promise<Observation[]>;
}

/**
 * How a family is trained: all that the trainer knows. Everything random is a function of seed and step,
 * so that a resumed run makes the losses of one that never stopped. Holds no tensors: those of a batch belong to it.
 */
export interface Task {
  readonly parameters: readonly ParameterSpec[];
  /**
   * The loss that is minimised. Its first baseline is that of guessing: a loss far above it has diverged. Without
   * one, the run's first loss stands for it.
   */
  readonly loss: Metric;
  /** What `TaskBatch.measured` tells, and an extra term's value, in the order they are shown. */
  readonly metrics: readonly Metric[];
  /** What examples are counted in: `tokens`, `digits`. */
  readonly unit: string;
  /** Initial parameters, the same for the same seed; the caller owns them. */
  initialize(seed: number): Params;
  /**
   * The batch of update `step` (0, 1, …). `carried`: what the batch before remembered, borrowed for the batch's life;
   * whether the batch goes on from it is the task's to say.
   */
  batchAt(step: number, carried?: Params): TaskBatch;
  /**
   * Held-out batches, the same every time; none where nothing could be held out. Whoever iterates owns them, one at
   * a time.
   */
  heldOut(): Iterable<TaskBatch>;
  /**
   * How far held-out solves and the view's go, where that is not as far as training's: those may make one iteration each
   * and go on from where the step before left off.
   */
  readonly heldOutSolve?: { readonly tolerance: number; readonly maxIterations: number };
  /** A picture of what has been learnt, drawn whenever the held-out loss is measured; the caller owns the view. */
  readonly view?: () => TaskView;
}
