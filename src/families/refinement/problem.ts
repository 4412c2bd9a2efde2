import type { EquilibriumProblem } from '../../implicit/problem.ts';
import { problemMaps } from '../../implicit/problemMaps.ts';
import * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import type { FamilyProblem } from '../family.ts';
import { onePart } from '../layout.ts';
import { refinementCell, stateSize, type FeatureShape } from './cell.ts';

/** What a problem of refined features is made of. */
export interface RefinementSetup {
  readonly shape: FeatureShape;
  /** The problem's from now on. */
  readonly params: Params;
  readonly samples: readonly string[];
  /** The features, `[batch, channels, rows, columns]`; made anew inside a tidy. */
  readonly input: (params: Params) => tf.Tensor;
  readonly loss: (params: Params, z: tf.Tensor) => tf.Scalar;
  readonly observe: FamilyProblem['observe'];
}

/** z* = f(z*, x) over features of one resolution, states flat and row-major, z0 = 0. */
export function refinementProblem({
  shape,
  params,
  samples,
  input,
  loss,
  observe,
}: RefinementSetup): FamilyProblem {
  const problem: EquilibriumProblem = {
    ...{ params, inject: input, f: refinementCell, loss },
    initialState: () => tf.zeros([samples.length, stateSize(shape)]),
  };
  return {
    ...problem,
    samples,
    layout: onePart('features', shape, ['channels', 'rows', 'columns']),
    maps: problemMaps(problem),
    observe,
  };
}
