import type { EquilibriumProblem } from '../../implicit/problem.ts';
import { problemMaps } from '../../implicit/problemMaps.ts';
import type { Maps } from '../../numerics/maps.ts';
import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';
import type { FamilyProblem } from '../family.ts';
import type { Observation } from '../observation.ts';
import { withKeptResolvents, type MonotoneOperator } from './operator.ts';
import { adjointSplittingMaps, splittingMaps, type Splittings } from './splitting.ts';

/** What a monotone problem is made of. */
export interface MonotoneSetup {
  readonly operator: MonotoneOperator;
  /** The same with each V kept, for the problem's own maps; default, each map makes its own. Borrowed. */
  readonly kept?: MonotoneOperator;
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
  readonly maps: OwnMaps['maps'];
  /** Maps of u = Jᵀu + dL/dz at the equilibrium `z`; both tensors are borrowed as long as the maps live. */
  readonly adjointMaps: OwnMaps['adjointMaps'];
  mapsAnew(): OwnMaps & Disposable;
}

/** The maps of both solves, by name. */
interface OwnMaps {
  readonly maps: Splittings & Maps;
  readonly adjointMaps: (z: tf.Tensor, dz: tf.Tensor) => Splittings;
}

/** z* = σ(W z* + U x + b) as a fixed-point problem, states `[batch, size]`, z0 = 0. */
export function monotoneProblem({
  operator,
  kept = operator,
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
  const mapsBy = (by: MonotoneOperator): OwnMaps => {
    const setup = { operator: by, params, initialState };
    return {
      maps: { ...problemMaps(problem), ...splittingMaps(setup, () => inject(params)) },
      adjointMaps: (z, dz) => adjointSplittingMaps(setup, z, dz),
    };
  };
  return {
    ...problem,
    operator,
    samples,
    layout: operator.layout,
    ...mapsBy(kept),
    mapsAnew: () => {
      // One V for both solves.
      const own = withKeptResolvents(operator);
      return {
        ...mapsBy(own),
        [Symbol.dispose]: () => {
          own[Symbol.dispose]();
        },
      };
    },
    observe,
  };
}
