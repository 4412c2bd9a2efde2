import type { Experiment } from '../schema/experiment.ts';
import { commonSizes, type CellSizes, type ReadShape } from './memoryShapes.ts';

/**
 * The sizes of a cell that runs on TensorFlow.js's own kernels. The multipliers count the buffers that
 * the reference operations make on its tape (`src/ops`), one for each operation that keeps its inputs
 * or its output; they change when those operations do, and a test says so.
 */
export function stockSizes(cell: Experiment['cell'], shape: ReadShape): CellSizes {
  const { batch, length: window, vocabulary } = shape;
  const common = commonSizes(cell, shape);
  const { cellParameters } = common;
  const { width: d, inner, kernel } = cell;
  const tokens = batch * window;
  const s = tokens * d;
  const embedding = vocabulary * d;
  const oneHot = tokens * vocabulary;
  const headWork = 8 * oneHot + 8 * tokens;
  switch (cell.kind) {
    case 'tanh':
      return {
        ...common,
        saved: 2 * s,
        injection: 4 * s + oneHot + tokens,
        // No bias.
        headWork: headWork - oneHot,
        evaluation: 3 * s,
        product: 3 * s,
        pullback: 2 * s + Math.max(s, d * d),
        gradient: 6 * s + oneHot + tokens + cellParameters + d * d + d + embedding,
      };
    case 'trellis': {
      const width = inner + d;
      const h = tokens * width;
      const saved = (19 + 2 * kernel) * h;
      const behind = 4 * width * (kernel * d + 2);
      return {
        ...common,
        saved,
        injection: 10 * h + oneHot + tokens + 4 * width + (2 * kernel + 1) * s,
        headWork: headWork + s,
        evaluation: saved + 8 * h,
        product: 9 * h,
        pullback: Math.max(9, 5 + 2 * kernel) * h + cellParameters,
        gradient: 14 * h + oneHot + tokens + (10 + kernel) * s + cellParameters + behind,
      };
    }
    case 'transformer': {
      const pre = cell.layerNorm === 'pre';
      const hidden = tokens * inner;
      const heads = Number(cell.heads);
      const scores = heads * tokens * window;
      const rows = heads * tokens;
      const mask = window * window;
      const product = Math.max(2 * s + 4 * scores + rows, 3 * hidden + s, 8 * s);
      // Cotangents that there are already when that of attention is made.
      const made = 2 * d * inner + inner + d * d + 2 * d;
      const pullback = Math.max(product + made, 6 * s + cellParameters);
      const behind = 3 * d * d + 3 * d;
      return {
        ...common,
        saved: 28 * s + 3 * hidden + 8 * scores + 8 * tokens + mask,
        injection: 9 * s + oneHot + tokens,
        headWork,
        evaluation: (pre ? 21 : 18) * s + 11 * scores + 3 * rows + (pre ? 4 * tokens : 0) + mask,
        product,
        pullback,
        gradient: Math.max(
          pullback,
          13 * s + oneHot + tokens + cellParameters + behind + embedding,
        ),
      };
    }
  }
}
