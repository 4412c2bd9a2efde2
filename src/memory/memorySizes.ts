import type { Experiment } from '../schema/experiment.ts';
import { fusedSizes } from './fusedSizes.ts';
import type { CellSizes, KernelPath, ReadShape } from './memoryShapes.ts';
import { stockSizes } from './stockSizes.ts';

/** The sizes of a cell that reads `shape` by these kernels. */
export const cellSizes = (
  cell: Experiment['cell'],
  shape: ReadShape,
  kernels: KernelPath,
): CellSizes => (kernels === 'fused' ? fusedSizes(cell, shape) : stockSizes(cell, shape));
