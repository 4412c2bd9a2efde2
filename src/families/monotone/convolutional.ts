import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { convolution, convolutionTransposed, transposedKernel } from '../../ops/convolution.ts';
import { complexProduct, inverse } from '../../ops/inverse.ts';
import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';
import { onePart } from '../layout.ts';
import type { Certificate, HostWeights, MonotoneOperator, Resolvent } from './operator.ts';

/** Channels, rows and columns of a state, its border of one pixel included. */
export type PictureShape = readonly [channels: number, rows: number, columns: number];

const periodic = { edge: 'circular' } as const;

/**
 * W as a periodic 3 × 3 convolution: W z = (1 − m) z − g Âᵀ(Â z) + B̂ z − B̂ᵀ z, where Â = A/‖A‖_F and
 * B̂ = h B/‖B‖_F. `A.weight` and `B.weight` are `[C, C, 3, 3]`, `U.weight [C, in, 3, 3]`, `U.bias [C]`, `g` and `h`
 * scalars; x `[batch, in, rows, columns]` has a border of zeros, and σ keeps z's at zero.
 *
 * g multiplies AᵀA without a square, so that only with g ≥ 0 is uniqueness certain.
 */
export function convolutional(shape: PictureShape, m: number): MonotoneOperator {
  const [channels, rows, columns] = shape;
  const size = channels * rows * columns;
  const pictures = (z: tf.Tensor): tf.Tensor => tf.reshape(z, [-1, ...shape]);
  const flat = (z: tf.Tensor): tf.Tensor => tf.reshape(z, [-1, size]);
  const shared = (params: Params, z: tf.Tensor): tf.Tensor => {
    const a = normalised(param(params, 'A.weight'));
    const gram = convolutionTransposed(convolution(z, a, periodic), a, periodic);
    const scaled = tf.mul(gram, param(params, 'g'));
    return m === 1 ? tf.neg(scaled) : tf.sub(tf.mul(z, 1 - m), scaled);
  };
  /** The kernel of B̂ − B̂ᵀ. */
  const skew = (params: Params): tf.Tensor => {
    const b = tf.mul(normalised(param(params, 'B.weight')), param(params, 'h'));
    return tf.sub(b, transposedKernel(b));
  };
  return {
    size,
    layout: onePart('feature maps', shape, ['channels', 'rows', 'columns']),
    m,
    inject: (params, x) => {
      const bias = tf.reshape(param(params, 'U.bias'), [1, channels, 1, 1]);
      return flat(tf.add(convolution(x, param(params, 'U.weight'), periodic), bias));
    },
    multiply: (params, z) => {
      const given = pictures(z);
      return flat(tf.add(shared(params, given), convolution(given, skew(params), periodic)));
    },
    multiplyTransposed: (params, z) => {
      const given = pictures(z);
      return flat(tf.sub(shared(params, given), convolution(given, skew(params), periodic)));
    },
    activate: (z) => {
      const batch = z.size / size;
      const inside = tf.slice(pictures(z), [0, 0, 1, 1], [batch, channels, rows - 2, columns - 2]);
      const border: [number, number][] = [
        [0, 0],
        [0, 0],
        [1, 1],
        [1, 1],
      ];
      return flat(tf.pad(tf.relu(inside), border));
    },
    resolvent: (params, alpha) => openResolvent(params, alpha, shape, m),
    analyse: (weights) => ({
      certificate: certify(weights, shape, m),
      radius: () => undefined,
    }),
  };
}

const normalised = (weight: tf.Tensor): tf.Tensor =>
  tf.div(weight, tf.sqrt(tf.sum(tf.square(weight))));

/** Discrete Fourier transform of a real picture as products with small matrices, of half its frequencies. */
interface Transform {
  /** `[columns, half]`. */
  readonly across: { readonly re: tf.Tensor; readonly im: tf.Tensor };
  /** `[rows, rows]`, symmetric. */
  readonly down: { readonly re: tf.Tensor; readonly im: tf.Tensor };
  /** `[half, columns]`: back from half the frequencies, the others being conjugates. */
  readonly back: { readonly re: tf.Tensor; readonly im: tf.Tensor };
}

/** cos and sin of 2π i j / n, times `scale(i, j)`, as a matrix. */
function waves(
  [rows, columns]: readonly [number, number],
  n: number,
  scale: (i: number, j: number) => number,
): { re: tf.Tensor; im: tf.Tensor } {
  const fill = (wave: (angle: number) => number): tf.Tensor =>
    tf.tensor(
      Float32Array.from({ length: rows * columns }, (_, k) => {
        const [i, j] = [Math.floor(k / columns), k % columns];
        return scale(i, j) * wave((2 * Math.PI * ((i * j) % n)) / n);
      }),
      [rows, columns],
    );
  return { re: fill(Math.cos), im: fill(Math.sin) };
}

const halfOf = (columns: number): number => Math.floor(columns / 2) + 1;

/** How often a column frequency stands for itself and its conjugate. */
const weightOf = (frequency: number, columns: number): number =>
  frequency === 0 || 2 * frequency === columns ? 1 : 2;

function openTransform(rows: number, columns: number): Transform {
  const half = halfOf(columns);
  return {
    across: waves([columns, half], columns, () => 1),
    down: waves([rows, rows], rows, () => 1),
    back: waves([half, columns], columns, (i) => weightOf(i, columns) / (rows * columns)),
  };
}

/** V by frequency: a periodic convolution is a matrix product there, one small matrix for each frequency. */
function openResolvent(
  params: Params,
  alpha: number,
  [channels, rows, columns]: PictureShape,
  m: number,
): Resolvent {
  const half = halfOf(columns);
  const transform = openTransform(rows, columns);
  const [re, im] = tf.tidy(() => {
    const a = responseOf(normalised(param(params, 'A.weight')), rows, columns);
    const b = responseOf(
      tf.mul(normalised(param(params, 'B.weight')), param(params, 'h')),
      rows,
      columns,
    );
    const turned = (t: tf.Tensor): tf.Tensor => tf.transpose(t, [0, 2, 1]);
    const gram = complexProduct(a, a, true);
    const g = param(params, 'g');
    // I − W = m I + g ÂᴴÂ − B̂ + B̂ᴴ, and V⁻¹ = I + α (I − W).
    const real = tf.add(tf.mul(gram.re, g), tf.sub(turned(b.re), b.re));
    const imaginary = tf.sub(tf.mul(gram.im ?? 0, g), tf.add(turned(b.im), b.im));
    const identity = tf.mul(tf.reshape(tf.eye(channels), [1, channels, channels]), 1 + alpha * m);
    const v = inverse({
      re: tf.add(tf.mul(real, alpha), identity),
      im: tf.mul(imaginary, alpha),
    });
    return [v.re, v.im ?? tf.zerosLike(v.re)] as [tf.Tensor, tf.Tensor];
  });
  const apply = (y: tf.Tensor, turned: boolean): tf.Tensor => {
    const batch = y.size / (channels * rows * columns);
    const count = batch * channels;
    const spectrum = forward(tf.reshape(y, [count, rows, columns]), transform);
    // [batch · channels, half, rows] → [half · rows, channels, batch].
    const byFrequency = (t: tf.Tensor): tf.Tensor =>
      tf.transpose(tf.reshape(t, [batch, channels, half * rows]), [2, 1, 0]);
    const product = complexProduct(
      { re, im },
      { re: byFrequency(spectrum.re), im: byFrequency(spectrum.im) },
      turned,
    );
    const byPicture = (t: tf.Tensor): tf.Tensor =>
      tf.reshape(tf.transpose(t, [2, 1, 0]), [count, half, rows]);
    const { re: real, im: imaginary = tf.zerosLike(product.re) } = product;
    return tf.reshape(
      backward({ re: byPicture(real), im: byPicture(imaginary) }, transform),
      y.shape,
    );
  };
  return {
    apply: (y) => apply(y, false),
    applyTransposed: (y) => apply(y, true),
    [Symbol.dispose]: () => {
      tf.dispose([re, im, { ...transform.across }, { ...transform.down }, { ...transform.back }]);
    },
  };
}

/** Frequencies of real pictures: `[count, rows, columns]` → `[count, half, rows]`, e^(−2πi …). */
function forward(x: tf.Tensor, { across, down }: Transform): { re: tf.Tensor; im: tf.Tensor } {
  const [count = 1, rows = 1, columns = 1] = x.shape;
  const lines = tf.reshape(x, [count * rows, columns]);
  const along = (matrix: tf.Tensor): tf.Tensor => {
    const [, half = 1] = matrix.shape;
    const product = tf.reshape(tf.matMul(lines, matrix), [count, rows, half]);
    return tf.reshape(tf.transpose(product, [0, 2, 1]), [count * half, rows]);
  };
  const [re, im] = [along(across.re), tf.neg(along(across.im))];
  const shape = [count, re.size / (count * rows), rows];
  return {
    re: tf.reshape(tf.add(tf.matMul(re, down.re), tf.matMul(im, down.im)), shape),
    im: tf.reshape(tf.sub(tf.matMul(im, down.re), tf.matMul(re, down.im)), shape),
  };
}

/** The real pictures that have these frequencies: the inverse of `forward`. */
function backward(
  { re, im }: { re: tf.Tensor; im: tf.Tensor },
  { down, back }: Transform,
): tf.Tensor {
  const [count = 1, half = 1, rows = 1] = re.shape;
  const [real, imaginary] = [re, im].map((t) => tf.reshape(t, [count * half, rows])) as [
    tf.Tensor,
    tf.Tensor,
  ];
  const up = (t: tf.Tensor): tf.Tensor =>
    tf.reshape(tf.transpose(tf.reshape(t, [count, half, rows]), [0, 2, 1]), [count * rows, half]);
  const a = up(tf.sub(tf.matMul(real, down.re), tf.matMul(imaginary, down.im)));
  const b = up(tf.add(tf.matMul(imaginary, down.re), tf.matMul(real, down.im)));
  const lines = tf.sub(tf.matMul(a, back.re), tf.matMul(b, back.im));
  return tf.reshape(lines, [count, rows, lines.size / (count * rows)]);
}

/**
 * What a correlation with `weight [out, in, height, width]` does to each frequency: matrices
 * `[half · rows, out, in]`, the frequencies as in `forward`.
 */
function responseOf(
  weight: tf.Tensor,
  rows: number,
  columns: number,
): { re: tf.Tensor; im: tf.Tensor } {
  const [out = 1, into = 1, height = 1, width = 1] = weight.shape;
  const half = halfOf(columns);
  const taps = tf.reshape(weight, [out * into, height * width]);
  const angles = frequencyAngles(rows, columns, height, width);
  const by = (wave: (angle: number) => number): tf.Tensor => {
    const table = tf.tensor(Float32Array.from(angles, wave), [height * width, half * rows]);
    return tf.reshape(tf.transpose(tf.matMul(taps, table)), [half * rows, out, into]);
  };
  return { re: by(Math.cos), im: by(Math.sin) };
}

/** Angles by which each tap turns each frequency, `[taps, half · rows]`. */
function frequencyAngles(rows: number, columns: number, height: number, width: number): number[] {
  const half = halfOf(columns);
  const angles: number[] = [];
  for (let i = 0; i < height; i++)
    for (let j = 0; j < width; j++)
      for (let across = 0; across < half; across++)
        for (let down = 0; down < rows; down++) {
          const [p, q] = [i - (height - 1) / 2, j - (width - 1) / 2];
          angles.push(2 * Math.PI * ((down * p) / rows + (across * q) / columns));
        }
  return angles;
}

/** The spectrum of a block-circulant matrix is that of its small matrices, frequency by frequency. */
function certify(
  weights: HostWeights,
  [channels, rows, columns]: PictureShape,
  m: number,
): Certificate {
  const scalar = (name: string): number => weights[name]?.data[0] ?? NaN;
  const [a, b] = (['A.weight', 'B.weight'] as const).map((name) => {
    const data = Array.from(weights[name]?.data ?? []);
    const norm = Math.sqrt(data.reduce((sum, w) => sum + w * w, 0));
    return data.map((w) => w / norm);
  }) as [number[], number[]];
  const [g, h] = [scalar('g'), scalar('h')];
  const [, , height = 3, width = 3] = weights['A.weight']?.shape ?? [];
  const taps = height * width;
  const angles = frequencyAngles(rows, columns, height, width);
  const frequencies = angles.length / taps;
  let [smallest, largest] = [Infinity, 0];
  for (let frequency = 0; frequency < frequencies; frequency++) {
    const response = (kernel: number[], wave: (angle: number) => number): Matrix =>
      new Matrix(
        Array.from({ length: channels }, (_, out) =>
          Array.from({ length: channels }, (_, into) => {
            let sum = 0;
            for (let tap = 0; tap < taps; tap++)
              sum +=
                (kernel[(out * channels + into) * taps + tap] ?? 0) *
                wave(angles[tap * frequencies + frequency] ?? 0);
            return sum;
          }),
        ),
      );
    // A complex matrix R + iQ as the real one [R −Q; Q R], whose transpose is its conjugate transpose.
    const real = (kernel: number[]): Matrix =>
      asReal(response(kernel, Math.cos), response(kernel, Math.sin));
    const [ah, bh] = [real(a), real(b).mul(h)];
    const s = ah.transpose().mmul(ah).mul(g).sub(bh).add(bh.transpose());
    s.add(Matrix.eye(2 * channels, 2 * channels, m));
    const symmetric = Matrix.add(s, s.transpose()).mul(0.5);
    for (const value of eigenvalues(symmetric)) smallest = Math.min(smallest, value);
    for (const value of eigenvalues(s.transpose().mmul(s))) largest = Math.max(largest, value);
  }
  return { smallest, lipschitz: Math.sqrt(largest) };
}

const eigenvalues = (symmetric: Matrix): number[] =>
  new EigenvalueDecomposition(symmetric, { assumeSymmetric: true }).realEigenvalues;

function asReal(re: Matrix, im: Matrix): Matrix {
  const n = re.rows;
  const whole = Matrix.zeros(2 * n, 2 * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      whole.set(i, j, re.get(i, j));
      whole.set(n + i, n + j, re.get(i, j));
      whole.set(n + i, j, im.get(i, j));
      whole.set(i, n + j, -im.get(i, j));
    }
  return whole;
}
