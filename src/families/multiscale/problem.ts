import type { EquilibriumProblem } from '../../implicit/problem.ts';
import { problemMaps } from '../../implicit/problemMaps.ts';
import * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import type { FamilyProblem } from '../family.ts';
import { multiscaleCell, scalesLayout, stateSize, type Scales } from './cell.ts';

/** What a problem of two resolutions is made of. */
export interface MultiscaleSetup {
  readonly scales: Scales;
  /** The problem's from now on. */
  readonly params: Params;
  readonly samples: readonly string[];
  /** What the cell is given, `[batch, fine channels, rows, columns]`; made anew inside a tidy. */
  readonly input: (params: Params) => tf.Tensor;
  readonly loss: (params: Params, z: tf.Tensor) => tf.Scalar;
  readonly observe: FamilyProblem['observe'];
}

/** z* = f(z*, x) over two resolutions, states flat as in `scalesLayout`, z0 = 0. */
export function multiscaleProblem({
  scales,
  params,
  samples,
  input,
  loss,
  observe,
}: MultiscaleSetup): FamilyProblem {
  const problem: EquilibriumProblem = {
    params,
    inject: input,
    f: (given, x, z) => multiscaleCell(scales, given, x, z),
    loss,
    initialState: () => tf.zeros([samples.length, stateSize(scales)]),
  };
  return { ...problem, samples, layout: scalesLayout(scales), maps: problemMaps(problem), observe };
}
