import { problemMaps } from '../../implicit/problemMaps.ts';
import type { StartingProblem } from '../../implicit/start.ts';
import { linear } from '../../ops/linear.ts';
import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';
import type { FamilyProblem } from '../family.ts';
import { onePart } from '../layout.ts';
import type { MatrixObservation, Observation } from '../observation.ts';
import { readAndFree } from '../../tf/readback.ts';

/** The two cells of the family. */
export type SteadyCell = 'tanh' | 'unit';

/** What a small system is made of. */
export interface SteadyParts {
  /**
   * `tanh`: tanh(z W + x U + b), parameters `W [width, width]`, `U [in, width]`, `b [width]`. `unit`: tanh([z, x] Mᵀ),
   * parameter `linear.weight` M `[width, width + in]`. `Ws [in, width]` and `bs [width]`, where they are, make the
   * learned start tanh(x Ws + bs).
   */
  readonly cell: SteadyCell;
  /** The problem owns them. */
  readonly params: Params;
  readonly width: number;
  /** What each row of the batch is. */
  readonly samples: readonly string[];
  /** x `[batch, in]`, made anew inside a tidy. Absent: the parameter `x`, which then has a gradient as well. */
  readonly input?: () => tf.Tensor;
  readonly loss: (params: Params, z: tf.Tensor) => tf.Scalar;
  /** What a state says; absent: nothing. */
  readonly observe?: (z: tf.Tensor) => Promise<Observation[]>;
}

/** A small system as a fixed-point problem, with a start of its own where it has the weights for one. */
export type SteadyProblem = FamilyProblem & StartingProblem;

/** The problem of a small system. It starts at zeros. */
export function steadyProblem({
  cell,
  params,
  width,
  samples,
  input,
  loss,
  observe = () => Promise.resolve([]),
}: SteadyParts): SteadyProblem {
  const weightsOf = cell === 'tanh' ? tanhWeights : unitWeights(width);
  const xOf = (p: Params): tf.Tensor => (input ? input() : param(p, 'x'));
  const problem = {
    params,
    inject: (p: Params) => {
      const { input: weight, bias } = weightsOf(p);
      return linear(xOf(p), weight, bias ? { bias } : {});
    },
    f: (p: Params, injection: tf.Tensor, z: tf.Tensor) =>
      linear(z, weightsOf(p).state, { add: injection, activation: 'tanh' }),
    loss,
    initialState: () => tf.zeros([samples.length, width]),
    samples,
    layout: onePart('z', [width], ['units']),
    observe,
    ...('Ws' in params
      ? {
          learnedStart: (p: Params) =>
            linear(xOf(p), param(p, 'Ws'), { bias: param(p, 'bs'), activation: 'tanh' }),
        }
      : {}),
  };
  return { ...problem, maps: problemMaps(problem) };
}

/** The loss ⟨c, z⟩ with numbers c of the state's shape `[batch, width]`, row-major. */
export const innerLoss =
  (c: ArrayLike<number>, shape: readonly [number, number]): SteadyParts['loss'] =>
  (_, z) =>
    tf.sum(tf.mul(z, tf.tensor(Float32Array.from(c), [...shape])));

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

/** A state's numbers and W, cell by cell. */
type Matrices = (state: Float32Array) => Promise<MatrixObservation[]>;

/** Those of some weights, which are borrowed; W is read back once, whatever is asked of it. */
export function matrices({
  cell,
  params,
  width,
}: Pick<SteadyParts, 'cell' | 'params' | 'width'>): Matrices {
  const weightsOf = cell === 'tanh' ? tanhWeights : unitWeights(width);
  const matrix = (name: string, data: Float32Array): MatrixObservation => ({
    ...{ kind: 'matrix', name, rows: data.length / width, columns: width, data },
    symmetric: true,
  });
  let known: Promise<Float32Array> | undefined;
  return async (state) => {
    // A copy: the weights' own numbers may change under it.
    known ??= readAndFree(tf.tidy(() => tf.clone(weightsOf(params).state))).then((numbers) =>
      numbers.slice(),
    );
    return [matrix('z, sample by sample', state), matrix('W', await known)];
  };
}
