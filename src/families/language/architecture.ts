import type * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import type { ParameterSpec } from '../parameters.ts';
import type { Sequence, Weights } from './sequence.ts';
import type { EquilibriumProblem } from '../../implicit/problem.ts';

/** What is remembered of the segment before; the problem borrows it for its life. */
export interface SegmentMemory {
  /** Equilibrium of the remembered positions: `[batch, M, state]`. */
  readonly z: tf.Tensor;
  /** Their injection `[batch, M, 3 d]`, which the transformer needs. */
  readonly u?: tf.Tensor;
}

/** Token ids, rectangular `[batch, length]`, and what was remembered of the segment before. */
export interface Batch {
  readonly tokens: number[][];
  readonly targets: number[][];
  /**
   * The transformer attends to all M positions; the TrellisNet continues from the last; the tanh
   * model, whose characters do not see each other, ignores it.
   */
  readonly memory?: SegmentMemory | undefined;
  /** Dropout masks by `LanguageModel.dropoutMasks`, borrowed for the problem's life. */
  readonly masks?: Params | undefined;
}

/** A cell with one batch closed over. */
export type BoundCell = Pick<EquilibriumProblem, 'inject' | 'f' | 'initialState'>;

/** What one kind of cell adds to a language model; the rest is the same for all. */
export interface Architecture {
  /** Size of the vocabulary. */
  readonly vocabulary: number;
  /** Every trainable tensor. */
  readonly parameters: readonly ParameterSpec[];
  /** Features of each dropout mask, by name. */
  readonly maskWidths: Readonly<Record<string, number>>;
  /** Close over a batch of checked ids. Throws a RangeError when its memory cannot be used. */
  bind(batch: Batch): BoundCell;
  /** `z [..., state]` → `[..., vocabulary]`. */
  logits(params: Params, z: tf.Tensor, masks?: Params): tf.Tensor;
  /** See `LanguageModel.remember`; `length` is at least 1. */
  remember(params: Params, batch: Batch, z: tf.Tensor, length: number): SegmentMemory | undefined;
  /** An empty sequence, to be solved position by position. Borrows the weights. */
  sequence(weights: Weights): Sequence;
}
