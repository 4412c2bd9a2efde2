import { vocabularySize } from '../families/language/alphabet.ts';
import type { Experiment } from '../schema/experiment.ts';

/** Kernels whose buffers are counted: our fused ones, or TensorFlow.js's own. */
export type KernelPath = 'fused' | 'stock';

/** Sizes, in floats, that decide what a training step needs. */
export interface CellSizes {
  /** P: trainable numbers. */
  readonly parameters: number;
  /** Those of the cell alone: a step's pullback makes a gradient for each. */
  readonly cellParameters: number;
  /** S: one z. */
  readonly state: number;
  /** Samples that a solver tells apart. */
  readonly samples: number;
  /** What x contributes to f, kept during a solve. */
  readonly injected: number;
  /** A: what the tape of one evaluation keeps, its value included. */
  readonly saved: number;
  /** A₀: what an unrolled network keeps below its first step, z₀ included. */
  readonly injection: number;
  /** What the head leaves: its gradient to the tied embedding and biases. */
  readonly head: number;
  /** Intermediates of the loss and its pullback, over all tokens and the whole vocabulary. */
  readonly headWork: number;
  /** Intermediates of one evaluation, its value included. */
  readonly evaluation: number;
  /** Intermediates of one product Jᵀu, its value included. */
  readonly product: number;
  /** Intermediates of a pullback to z, the injection and the cell's parameters, its results included. */
  readonly pullback: number;
  /** Intermediates of the pullback to all parameters that ends a DEQ's step, u and its results included. */
  readonly gradient: number;
}

/** Those of them that are the same by any kernels. */
export type CommonSizes = Pick<
  CellSizes,
  'parameters' | 'cellParameters' | 'state' | 'samples' | 'injected' | 'head'
>;

/** What a model reads at once. */
export interface ReadShape {
  readonly batch: number;
  readonly length: number;
  readonly vocabulary: number;
}

/** What the Solve view's problem reads: its text, once. */
export const solveShape = ({ input }: Experiment): ReadShape => ({
  batch: 1,
  length: Array.from(input.text).length,
  vocabulary: vocabularySize(input.text),
});

/** What a training step reads. */
export const trainingShape = ({ train }: Experiment, vocabulary: number): ReadShape => ({
  batch: train.batch,
  length: train.length,
  vocabulary,
});

/** The sizes of a cell that reads `shape`, by any kernels. */
export function commonSizes(
  cell: Experiment['cell'],
  { batch, length, vocabulary }: ReadShape,
): CommonSizes {
  const { width: d, inner, kernel } = cell;
  const tokens = batch * length;
  const embedding = vocabulary * d;
  switch (cell.kind) {
    case 'tanh':
      return {
        parameters: embedding + 2 * d * d + d,
        cellParameters: d * d,
        state: tokens * d,
        // Every character is a sample of its own.
        samples: tokens,
        injected: tokens * d,
        head: embedding,
      };
    case 'trellis': {
      const width = inner + d;
      const cellParameters = 4 * kernel * width * width;
      return {
        parameters: embedding + 4 * width * (kernel * d + 2) + cellParameters + vocabulary,
        cellParameters,
        state: 2 * tokens * width,
        samples: batch,
        injected: 4 * tokens * width,
        head: embedding + vocabulary,
      };
    }
    case 'transformer': {
      const cellParameters = 5 * d * d + 2 * d * inner + inner + 4 * d;
      return {
        parameters: embedding + 3 * d * d + 3 * d + cellParameters + vocabulary,
        cellParameters,
        state: tokens * d,
        samples: batch,
        injected: 3 * tokens * d,
        head: embedding + vocabulary,
      };
    }
  }
}
