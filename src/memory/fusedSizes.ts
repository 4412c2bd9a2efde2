import type { Experiment } from '../schema/experiment.ts';
import { commonSizes, type CellSizes, type ReadShape } from './memoryShapes.ts';

/**
 * The sizes of a cell that runs on the fused kernels (`src/ops/wgsl`), which keep their inputs or their
 * output and no intermediates. They change when those kernels do, and a test says so.
 */
export function fusedSizes(cell: Experiment['cell'], shape: ReadShape): CellSizes {
  const { batch, length, vocabulary } = shape;
  const common = commonSizes(cell, shape);
  const { state, cellParameters } = common;
  const { width: d, inner } = cell;
  const tokens = batch * length;
  const s = tokens * d;
  const embedding = vocabulary * d;
  const oneHot = tokens * vocabulary;
  const head = embedding + stretches(tokens, 1, vocabulary, d);
  // Logits, targets, and either the targets as floats and a cotangent or the cotangents behind it.
  const headWork = Math.max(4 * oneHot, 3 * oneHot + s + head);
  switch (cell.kind) {
    case 'tanh': {
      const sums = stretches(tokens, 1, d, d);
      return {
        ...common,
        saved: s,
        injection: 3 * s,
        headWork,
        evaluation: s,
        product: 2 * s,
        pullback: s + d * d + Math.max(sums, s),
        gradient: 5 * s + cellParameters + d * d + d + Math.max(sums, embedding),
      };
    }
    case 'trellis': {
      const width = inner + d;
      const h = tokens * width;
      const { kernel } = cell;
      const pullback = 6 * h + cellParameters + stretches(tokens, kernel, width, 4 * width);
      const behind = 4 * width * (kernel * d + 2);
      const sums = stretches(tokens, kernel, d, 4 * width);
      return {
        ...common,
        saved: 10 * h,
        injection: 6 * h + s + 4 * width,
        // The head reads a slice of z: kept, and padded on the way back.
        headWork: Math.max(s + headWork, 2 * oneHot + 2 * s + state + embedding),
        evaluation: 10 * h,
        product: 6 * h,
        pullback,
        gradient: Math.max(
          pullback,
          10 * h + 2 * s + cellParameters + behind + Math.max(sums, embedding),
        ),
      };
    }
    case 'transformer': {
      const pre = cell.layerNorm === 'pre';
      const hidden = tokens * inner;
      // One number for each query and head.
      const rows = Number(cell.heads) * tokens;
      const positions = length * d;
      const packed = stretches(tokens, 1, d, 3 * d);
      // A pullback to the parameters is largest behind the hidden units, in attention, or at its packed
      // input.
      const atHidden = 2 * s + hidden + 2 * d * inner + d + stretches(tokens, 1, d, inner);
      const inAttention = 6 * s + 2 * rows + positions + cellParameters - 4 * d * d;
      const atPacked = 5 * s + cellParameters + packed;
      const behind = 3 * d * d + 3 * d;
      return {
        ...common,
        saved: (pre ? 8 : 6) * s + hidden + rows + 2 * tokens + 2 * positions,
        injection: 6 * s,
        headWork,
        evaluation: Math.max((pre ? 5 : 4) * s + rows + 2 * positions, 4 * s + hidden),
        product: Math.max(5 * s + 2 * rows, 2 * s + hidden),
        pullback: Math.max(atHidden, inAttention, atPacked),
        gradient: Math.max(
          s + atHidden,
          10 * s + cellParameters + behind + Math.max(packed, embedding),
        ),
      };
    }
  }
}

/** Threads that `weightGradient` in `src/ops/wgsl` keeps busy, and the rows it doesn't split. */
const enoughThreads = 1024;
const fewestRows = 32;

/**
 * Room for the sums over stretches of rows that the cotangent of a weight `[taps · inner, outer]` is
 * made of, where it is made of more than one.
 */
function stretches(rows: number, taps: number, inner: number, outer: number): number {
  const blocks = taps * Math.ceil(inner / 8) * Math.ceil(outer / 8);
  const wanted = Math.min(Math.ceil(enoughThreads / blocks), Math.ceil(rows / fewestRows));
  const parts = Math.ceil(rows / Math.ceil(rows / wanted));
  return parts === 1 ? 0 : parts * taps * inner * outer;
}
