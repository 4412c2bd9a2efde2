import type { EquilibriumProblem } from '../../implicit/problem.ts';
import { problemMaps } from '../../implicit/problemMaps.ts';
import type { MapValues, Maps } from '../../numerics/maps.ts';
import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';
import type { FamilyProblem } from '../family.ts';
import type { Observation } from '../observation.ts';
import { withKeptResolvents, type MonotoneOperator } from './operator.ts';
import { adjointSplittingMaps, splittingMaps, type Splittings } from './splitting.ts';

/** What a monotone problem is made of. */
export interface MonotoneSetup {
  readonly operator: MonotoneOperator;
  /** The problem's from now on. With a parameter `x`, that is the input. */
  readonly params: Params;
  readonly samples: readonly string[];
  /** x as the operator takes it, made anew inside a tidy; needed where no parameter is x. */
  readonly input?: () => tf.Tensor;
  readonly loss: (params: Params, z: tf.Tensor) => tf.Scalar;
  readonly observe: (z: tf.Tensor) => Promise<Observation[]>;
}

/** A monotone network's problem; it knows how its adjoint is solved by splittings. */
export interface MonotoneProblem extends FamilyProblem {
  readonly operator: MonotoneOperator;
  readonly maps: Splittings & Maps;
  /** Maps of u = Jᵀu + dL/dz at the equilibrium `z`; both tensors are borrowed as long as the maps live. */
  adjointMaps(z: tf.Tensor, dz: tf.Tensor): Splittings;
}

/** z* = σ(W z* + U x + b) as a fixed-point problem, states `[batch, size]`, z0 = 0. */
export function monotoneProblem({
  operator,
  params,
  samples,
  input,
  loss,
  observe,
}: MonotoneSetup): MonotoneProblem {
  const inject = (given: Params): tf.Tensor =>
    operator.inject(given, input ? input() : param(given, 'x'));
  const initialState = (): tf.Tensor => tf.zeros([samples.length, operator.size]);
  const problem: EquilibriumProblem = {
    params,
    inject,
    f: (given, injection, z) => operator.activate(tf.add(operator.multiply(given, z), injection)),
    loss,
    initialState,
  };
  return {
    ...problem,
    operator,
    samples,
    layout: operator.layout,
    maps: {
      ...problemMaps(problem),
      ...splittingMaps({ operator, params, initialState }, () => inject(params)),
    },
    adjointMaps: (z, dz) => adjointSplittingMaps({ operator, params }, z, dz),
    observe,
  };
}

/** The same problem, whose solves and adjoint solves iterate a splitting: for gradients and for training. */
export const solvedBySplitting = (
  problem: MonotoneProblem,
  name: keyof Splittings,
  values: MapValues,
): MonotoneProblem => ({
  ...problem,
  solvedBy: {
    open: () => {
      const { params } = problem;
      // One V for both solves.
      const operator = withKeptResolvents(problem.operator);
      const setup = { operator, params, initialState: () => problem.initialState() };
      return {
        forward: () => splittingMaps(setup, () => problem.inject(params))[name](values),
        adjoint: (z, dz) => adjointSplittingMaps(setup, z, dz)[name](values),
        [Symbol.dispose]: () => {
          operator[Symbol.dispose]();
        },
      };
    },
  },
});
