import { BadInputError } from '../../data/badInput.ts';
import { createRandom, normalArray } from '../../data/random.ts';
import { convolution, convolutionTransposed } from '../../ops/convolution.ts';
import { linear } from '../../ops/linear.ts';
import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';
import { namedParams, shapeInWords, type FileTensors, type ParameterSpec } from '../parameters.ts';

/** What stands between the two layers of R. */
export type Activation = 'identity' | 'relu' | 'tanh' | 'softshrink';

/** The shape of R(u) = second(σ(first(u) + bias)). */
export interface Regulariser {
  readonly cell: 'conv' | 'dense';
  /** Tied: the second layer is the transpose of the first (bilevel learning). */
  readonly tied: boolean;
  /** Kernels, or hidden units. */
  readonly width: number;
  /** Side of a kernel; 1 for matrices. */
  readonly kernel: number;
  /** Pixels along a side of the picture. */
  readonly side: number;
}

/** Names of the first layer, its bias and the second one, as the paper's code has them. */
export const namesOf = ({ tied }: Pick<Regulariser, 'tied'>): readonly string[] =>
  tied ? ['K0', 'b'] : ['W1', 'b1', 'W2'];

/**
 * All parameters. Fully connected: `K0 [n, N²]`, `b [n]`; untied `W1 [n, N²]`, `b1 [n]`, `W2 [N², n]`, layers of
 * PyTorch. Convolutional: kernels `[C, 1, k, k]` for all of them; that of `W2` is laid where it reads, as `conv_transpose2d`
 * does.
 */
export function inverseParameters(shape: Regulariser): ParameterSpec[] {
  const { cell, width, kernel, side } = shape;
  const [first = '', bias = '', second] = namesOf(shape);
  const layer = cell === 'conv' ? [width, 1, kernel, kernel] : [width, side * side];
  const back = cell === 'conv' ? layer : layer.toReversed();
  const spec = (name: string, size: readonly number[]): ParameterSpec => ({
    ...{ name, torch: name, shape: size },
    // They are drawn by `drawRegulariser`.
    deviation: 0,
  });
  return [
    spec(first, layer),
    spec(bias, [width]),
    ...(second === undefined ? [] : [spec(second, back)]),
  ];
}

/** R(u) for pictures `[batch, N²]`; `threshold` is softshrink's. Call inside a tidy. */
export function regularise(
  shape: Regulariser,
  sigma: Activation,
  threshold: number,
  params: Params,
  u: tf.Tensor,
): tf.Tensor {
  const { cell, tied, width, side } = shape;
  const [first = '', bias = '', second = first] = namesOf(shape);
  if (cell === 'dense') {
    const hidden = linear(u, param(params, first), {
      ...{ transposed: true, bias: param(params, bias) },
    });
    const active = activated(sigma, threshold, hidden);
    return tied
      ? linear(active, param(params, first))
      : linear(active, param(params, second), { transposed: true });
  }
  const pictures = tf.reshape(u, [-1, 1, side, side]);
  const maps = tf.add(
    convolution(pictures, param(params, first)),
    tf.reshape(param(params, bias), [1, width, 1, 1]),
  );
  const active = activated(sigma, threshold, maps);
  return tf.reshape(convolutionTransposed(active, param(params, second)), [-1, side * side]);
}

function activated(sigma: Activation, threshold: number, x: tf.Tensor): tf.Tensor {
  switch (sigma) {
    case 'identity':
      return x;
    case 'relu':
      return tf.relu(x);
    case 'tanh':
      return tf.tanh(x);
    case 'softshrink':
      return tf.sub(tf.relu(tf.sub(x, threshold)), tf.relu(tf.sub(tf.neg(x), threshold)));
  }
}

/** How large the largest singular value of the differences below is, per picture: that of the gradient is √8. */
const differenceNorm = Math.sqrt(8);

/** Finite differences in the middle of a kernel: across, down, and of second order. */
const differences: readonly (readonly (readonly [row: number, column: number, value: number])[])[] =
  [
    [
      [0, 0, -1],
      [0, 1, 1],
    ],
    [
      [0, 0, -1],
      [1, 0, 1],
    ],
  ];

/**
 * Parameters to begin with, the same for the same seed: convolutions with finite differences in their first two kernels
 * (the paper's "TV-like" start) and small random ones, matrices with PyTorch's own start. The second of two untied
 * layers begins as the first. The caller owns them.
 */
export function drawRegulariser(shape: Regulariser, seed: number, gain: number): Params {
  const { cell, width, kernel, side, tied } = shape;
  const random = createRandom(seed);
  const [first = '', bias = '', second] = namesOf(shape);
  const layer = cell === 'conv' ? [width, 1, kernel, kernel] : [width, side * side];
  const size = layer.reduce((a, b) => a * b, 1);
  const fanIn = size / width;
  const values =
    cell === 'conv'
      ? differencesFirst(
          normalArray(random.fork('K0'), size, 0.1 / Math.sqrt(width * fanIn)),
          shape,
        )
      : normalArray(random.fork('K0'), size, 1 / Math.sqrt(3 * fanIn));
  const scaled = values.map((value) => gain * value);
  const weight = tf.tensor(scaled, layer);
  return {
    [first]: weight,
    [bias]: tf.zeros([width]),
    ...(second === undefined || tied
      ? {}
      : { [second]: cell === 'conv' ? tf.clone(weight) : tf.transpose(weight) }),
  };
}

function differencesFirst(values: Float32Array, { kernel }: Regulariser): Float32Array {
  const middle = (kernel - 1) / 2;
  for (const [k, places] of differences.entries()) {
    values.fill(0, k * kernel ** 2, (k + 1) * kernel ** 2);
    for (const [row, column, value] of places)
      values[(k * kernel + middle + row) * kernel + middle + column] = value / differenceNorm;
  }
  return values;
}

/** The shape of the regulariser whose parameters these are. */
export const regulariserIn = (params: Params, side: number): Regulariser =>
  shapeOf(params, side).shape;

/** What the first layer of some parameters says of them all, as far as it is one. */
function shapeOf<T extends { readonly shape: readonly number[] }>(
  found: Readonly<Record<string, T>>,
  side: number,
): { readonly first: T | undefined; readonly name: string; readonly shape: Regulariser } {
  const tied = found['K0'] !== undefined;
  const name = tied ? 'K0' : 'W1';
  const first = found[name];
  const [width = 0, , kernel = 1] = first?.shape ?? [];
  const cell = first?.shape.length === 4 ? 'conv' : 'dense';
  return { first, name, shape: { cell, tied, width, kernel, side } };
}

/**
 * The regulariser that a file holds and its parameters, which the caller owns. Throws a BadInputError that says what does
 * not fit pictures of that side.
 */
export function openRegulariser(
  file: FileTensors,
  side: number,
): { readonly shape: Regulariser; readonly params: Params } {
  const { first, name, shape } = shapeOf(file, side);
  if (!first)
    throw new BadInputError('It has neither K0 nor W1, so it is no regulariser of this family.');
  const { cell, width, kernel, tied } = shape;
  const [, inputs = 0, , across = 1] = first.shape;
  const fits =
    width > 0 &&
    (cell === 'conv'
      ? inputs === 1 && kernel === across && kernel % 2 === 1 && kernel <= side
      : first.shape.length === 2 && inputs === side * side);
  if (!fits)
    throw new BadInputError(
      `${name} has shape ${shapeInWords(first.shape)}, but must be [C, 1, k, k] with k odd, or [n, ${String(side * side)}].`,
    );
  const params = namedParams(inverseParameters(shape), file, {
    strange: `a regulariser with ${tied ? 'tied' : 'untied'} layers does not.`,
    shape: () => `it follows from ${name}`,
  });
  return { shape, params };
}
