import { vocabularySize } from './alphabet.ts';
import type { Experiment } from './experiment.ts';

/** Sizes, in floats, that decide what a training step needs. */
export interface CellSizes {
  /** P: trainable numbers. */
  readonly parameters: number;
  /** Those of the cell alone: a step's pullback makes a gradient for each. */
  readonly cellParameters: number;
  /** S: one z. */
  readonly state: number;
  /** What x contributes to f, kept during a solve. */
  readonly injected: number;
  /** A: what the tape of one evaluation keeps. */
  readonly saved: number;
  /** A₀: what the tape of the embedding and injection keeps. */
  readonly injection: number;
  /** What the head leaves: its gradient to the tied embedding and biases. */
  readonly head: number;
  /** Intermediates of the loss and its pullback, over all tokens and the whole vocabulary. */
  readonly headWork: number;
  /** Intermediates of one evaluation. */
  readonly evaluation: number;
  /** Intermediates of one product Jᵀu. */
  readonly product: number;
  /** Intermediates of a pullback to z, the injection and the cell's parameters. */
  readonly pullback: number;
  /** Intermediates of the last pullback to all parameters, its results included. */
  readonly gradient: number;
}

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

/**
 * The sizes of a cell that reads `shape`. The multipliers count the buffers that the reference
 * operations make on tfjs's tape (`src/ops`), one for each operation that keeps its inputs or its
 * output; they change when those operations do, and a test says so.
 */
export function cellSizes(
  cell: Experiment['cell'],
  { batch, length: window, vocabulary }: ReadShape,
): CellSizes {
  const length = batch * window;
  const d = cell.width;
  const s = length * d;
  const embedding = vocabulary * d;
  const oneHot = length * vocabulary;
  const headWork = 12 * oneHot + 3 * embedding + s + 22 * length;
  switch (cell.kind) {
    case 'tanh': {
      const parameters = embedding + 2 * d * d + d;
      return {
        parameters,
        cellParameters: d * d,
        state: s,
        injected: s,
        saved: 2 * s,
        injection: 3 * s + oneHot,
        head: embedding,
        headWork,
        evaluation: 3 * s,
        product: 3 * s,
        pullback: 3 * s + d * d,
        gradient: 2 * s + parameters + embedding,
      };
    }
    case 'trellis': {
      const width = cell.inner + d;
      const k = cell.kernel;
      const h = length * width;
      const cellParameters = 4 * k * width * width;
      const parameters = embedding + 4 * width * (k * d + 1) + cellParameters + vocabulary;
      const saved = (19 + 2 * k) * h;
      const product = (21 + 3 * k) * h;
      return {
        parameters,
        cellParameters,
        state: 2 * h,
        injected: 4 * h,
        saved,
        injection: 8 * h + oneHot + length + 4 * width + (2 * k + 1) * s,
        head: embedding + vocabulary,
        headWork,
        evaluation: saved + 8 * h,
        product,
        pullback: product + cellParameters,
        gradient: parameters + 16 * h + (2 * k + 2) * s,
      };
    }
    case 'transformer': {
      const hidden = length * cell.inner;
      const scores = Number(cell.heads) * length * window;
      const mask = window * window;
      const cellParameters = 5 * d * d + 2 * d * cell.inner + cell.inner + 4 * d;
      const parameters = embedding + 3 * d * d + 3 * d + cellParameters + vocabulary;
      const rows = 8 * length;
      return {
        parameters,
        cellParameters,
        state: s,
        injected: 3 * s,
        saved: 28 * s + 3 * hidden + 8 * scores + rows + mask,
        injection: 8 * s + oneHot,
        head: embedding + vocabulary,
        headWork,
        evaluation: 33 * s + 3 * hidden + 9 * scores + rows + mask,
        product: 29 * s + 2 * hidden + 7 * scores + rows,
        pullback: 31 * s + 2 * hidden + 7 * scores + rows + cellParameters,
        gradient: 30 * s + 2 * hidden + 7 * scores + rows + parameters,
      };
    }
  }
}
