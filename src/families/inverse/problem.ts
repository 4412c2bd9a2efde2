import { problemMaps } from '../../implicit/problemMaps.ts';
import type { EquilibriumProblem } from '../../implicit/problem.ts';
import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';
import type { FamilyProblem } from '../family.ts';
import { onePart } from '../layout.ts';
import type { Observation } from '../observation.ts';
import { measured, measuredTransposed, type Measurement } from './measurement.ts';
import { regularise, type Activation, type Regulariser } from './regulariser.ts';

/** A step of gradient descent: everything of f but the weights and what was measured. */
export interface InverseCell {
  readonly measurement: Measurement;
  readonly regulariser: Regulariser;
  readonly sigma: Activation;
  /** Length of the step; softshrink's threshold as well. */
  readonly tau: number;
  /** Weights of the two terms. */
  readonly lambda: number;
  readonly gamma: number;
}

/** What an inverse problem is made of. */
export interface InverseSetup extends InverseCell {
  /** The problem's from now on. With a parameter `f_delta`, that is what was measured. */
  readonly params: Params;
  readonly samples: readonly string[];
  /** What was measured, `[batch, N²]`, made anew inside a tidy; needed where no parameter is. */
  readonly given?: () => tf.Tensor;
  /** The pictures themselves, `[batch, N²]`: the loss is the mean square of how far u is from them. */
  readonly truth: Float32Array;
  readonly observe?: (z: tf.Tensor) => Promise<Observation[]>;
}

/**
 * f(u) = u − τ (λ Kᵀ(K u − y) + γ R(u)) as a fixed-point problem, u `[batch, N²]`, u0 = 0 (Riccio, Ehrhardt, Benning
 * 2022; reacho/deep-equilibrium-vs-bilevel).
 */
export function inverseProblem({
  params,
  samples,
  given,
  truth,
  observe = () => Promise.resolve([]),
  ...cell
}: InverseSetup): FamilyProblem {
  const { measurement, regulariser, sigma, tau, lambda, gamma } = cell;
  const { side } = measurement;
  const shape = [samples.length, side * side];
  const problem: EquilibriumProblem = {
    params,
    inject: (p) =>
      tf.mul(measuredTransposed(measurement, given ? given() : param(p, 'f_delta')), tau * lambda),
    f: (p, injection, u) => {
      const fidelity =
        measurement.kind === 'denoise'
          ? u
          : measuredTransposed(measurement, measured(measurement, u));
      const r = regularise(regulariser, sigma, tau, p, u);
      const kept = tf.sub(u, tf.add(tf.mul(fidelity, tau * lambda), tf.mul(r, tau * gamma)));
      return tf.add(kept, injection);
    },
    loss: (_, u) => tf.mean(tf.square(tf.sub(u, tf.tensor(truth, shape)))),
    initialState: () => tf.zeros(shape),
  };
  return {
    ...problem,
    samples,
    layout: onePart('picture', [side, side], ['rows', 'columns']),
    maps: problemMaps(problem),
    observe,
  };
}
