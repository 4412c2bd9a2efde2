import { problemMaps } from '../../implicit/problemMaps.ts';
import type { StartingProblem } from '../../implicit/start.ts';
import { linear } from '../../ops/linear.ts';
import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';
import type { FamilyProblem } from '../family.ts';
import { onePart } from '../layout.ts';
import type { Observation } from '../observation.ts';

/** The two cells of the family. */
export type SteadyCell = 'tanh' | 'unit';

/** What a small system is made of. */
export interface SteadyParts {
  /**
   * `tanh`: tanh(z W + x U + b), parameters `W [width, width]`, `U [in, width]`, `b [width]`. `unit`: tanh([z, x] Mᵀ),
   * parameter `linear.weight` M `[width, width + in]`. Both: x `[batch, in]`, a parameter as well, so that it
   * has a gradient. `Ws [in, width]` and `bs [width]`, where they are, make the learned start tanh(x Ws + bs).
   */
  readonly cell: SteadyCell;
  /** The problem owns them. */
  readonly params: Params;
  /** Numbers of the loss ⟨c, z⟩, row-major `[batch, width]`. */
  readonly c: ArrayLike<number>;
  readonly width: number;
  readonly batch: number;
}

/** A small system as a fixed-point problem, with a start of its own where it has the weights for one. */
export type SteadyProblem = FamilyProblem & StartingProblem;

/** The problem of a small system. It starts at zeros. */
export function steadyProblem({ cell, params, c, width, batch }: SteadyParts): SteadyProblem {
  const shape: [number, number] = [batch, width];
  const weightsOf = cell === 'tanh' ? tanhWeights : unitWeights(width);
  const problem = {
    params,
    inject: (p: Params) => {
      const { input, bias } = weightsOf(p);
      return linear(param(p, 'x'), input, bias ? { bias } : {});
    },
    f: (p: Params, injection: tf.Tensor, z: tf.Tensor) =>
      linear(z, weightsOf(p).state, { add: injection, activation: 'tanh' }),
    loss: (_: Params, z: tf.Tensor): tf.Scalar =>
      tf.sum(tf.mul(z, tf.tensor(Float32Array.from(c), shape))),
    initialState: () => tf.zeros(shape),
    samples: Array.from({ length: batch }, (_, i) => `sample ${String(i + 1)}`),
    layout: onePart('z', [width], ['units']),
    observe: (z: tf.Tensor) => observe(z, params, weightsOf, shape),
    ...('Ws' in params
      ? {
          learnedStart: (p: Params) =>
            linear(param(p, 'x'), param(p, 'Ws'), { bias: param(p, 'bs'), activation: 'tanh' }),
        }
      : {}),
  };
  return { ...problem, maps: problemMaps(problem) };
}

/** The weights of a cell as matrices that states are multiplied with from the left. */
interface Weights {
  /** `[width, width]`. */
  readonly state: tf.Tensor;
  /** `[in, width]`. */
  readonly input: tf.Tensor;
  /** `[width]`. */
  readonly bias?: tf.Tensor;
}

const tanhWeights = (p: Params): Weights => ({
  state: param(p, 'W'),
  input: param(p, 'U'),
  bias: param(p, 'b'),
});

const unitWeights =
  (width: number) =>
  (p: Params): Weights => {
    const weight = param(p, 'linear.weight');
    const inputs = (weight.shape[1] ?? 0) - width;
    return {
      state: tf.transpose(tf.slice(weight, [0, 0], [width, width])),
      input: tf.transpose(tf.slice(weight, [0, width], [width, inputs])),
    };
  };

/** The state and W, cell by cell. */
async function observe(
  z: tf.Tensor,
  params: Params,
  weightsOf: (p: Params) => Weights,
  [batch, width]: readonly [number, number],
): Promise<Observation[]> {
  const both = tf.tidy(() => [tf.clone(z), tf.clone(weightsOf(params).state)] as const);
  try {
    const [state, weights] = await Promise.all(both.map((t) => t.data()));
    const matrix = (name: string, rows: number, data: ArrayLike<number> = []): Observation => ({
      ...{ kind: 'matrix', name, rows, columns: width, data: Float32Array.from(data) },
      symmetric: true,
    });
    return [matrix('z, sample by sample', batch, state), matrix('W', width, weights)];
  } finally {
    tf.dispose([...both]);
  }
}
