/** The reference gradients of every operation against central differences. */
import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { wave } from '../../test/wave.ts';
import { initBackend } from '../tf/backend.ts';
import * as tf from '../tf/index.ts';
import { causalConvolution } from './causalConvolution.ts';
import { convolution, convolutionTransposed, transposedKernel } from './convolution.ts';
import { softmaxCrossEntropy } from './crossEntropy.ts';
import { embed, oneHotRows } from './embed.ts';
import { groupNorm } from './groupNorm.ts';
import { layerNorm, residualLayerNorm } from './layerNorm.ts';
import { linear } from './linear.ts';
import { lstmGates } from './lstmGates.ts';
import { relativeAttention } from './relativeAttention.ts';
import { upsample } from './upsample.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

/** An operation of several inputs, by the inputs' shapes. */
type Case = [name: string, shapes: number[][], f: (...inputs: tf.Tensor[]) => tf.Tensor];

const cases: Case[] = [
  [
    'linear with bias, addition and tanh',
    [[2, 3, 4], [4, 5], [5], [2, 3, 5]],
    (x, w, bias, add) => linear(x, w, { bias, add, activation: 'tanh' }),
  ],
  [
    'linear with relu',
    [
      [3, 4],
      [4, 2],
    ],
    (x, w) => linear(x, w, { activation: 'relu' }),
  ],
  [
    'causal convolution from zeros',
    [
      [2, 4, 3],
      [9, 2],
    ],
    (x, w) => causalConvolution(x, w),
  ],
  [
    'causal convolution from a history, with bias and addition',
    [[2, 3, 2], [6, 4], [2, 1, 2], [4], [2, 3, 4]],
    (x, w, history, bias, add) => causalConvolution(x, w, { history, bias, add }),
  ],
  [
    'circular convolution of a picture that is not square',
    [
      [2, 3, 4, 5],
      [2, 3, 3, 3],
    ],
    (x, w) => convolution(x, w, { edge: 'circular' }),
  ],
  [
    'transposed circular convolution of one picture',
    [
      [1, 2, 5, 3],
      [2, 3, 3, 1],
    ],
    (x, w) => convolutionTransposed(x, w, { edge: 'circular' }),
  ],
  [
    'circular convolution by the transposed kernel',
    [
      [1, 2, 4, 3],
      [2, 3, 3, 3],
    ],
    (x, w) => convolution(x, transposedKernel(w), { edge: 'circular' }),
  ],
  [
    'strided convolution with zeros around',
    [
      [2, 2, 5, 4],
      [3, 2, 3, 3],
    ],
    (x, w) => convolution(x, w, { stride: 2 }),
  ],
  [
    'transposed strided convolution',
    [
      [1, 3, 3, 2],
      [3, 2, 3, 3],
    ],
    (y, w) => convolutionTransposed(y, w, { stride: 2, size: [5, 4] }),
  ],
  [
    'group norm with an affine part',
    [[2, 4, 2, 3], [4], [4]],
    (x, weight, bias) => groupNorm(x, 2, { weight, bias }),
  ],
  ['nearest up-sampling', [[2, 2, 2, 3]], (x) => upsample(x, 2)],
  [
    'LSTM gates',
    [
      [2, 3, 8],
      [2, 3, 2],
    ],
    lstmGates,
  ],
  ['layer norm', [[3, 5]], (x) => layerNorm(x)],
  [
    'residual layer norm',
    [
      [2, 2, 6],
      [2, 2, 6],
    ],
    (x, r) => residualLayerNorm(x, r),
  ],
  [
    'attention without memory',
    [
      [2, 4, 18],
      [4, 6],
      [2, 3],
      [2, 3],
    ],
    attention(4),
  ],
  [
    'attention with memory',
    [
      [1, 5, 12],
      [5, 4],
      [2, 2],
      [2, 2],
    ],
    attention(3),
  ],
  [
    'softmax cross entropy',
    [[4, 3]],
    (logits) => softmaxCrossEntropy(logits, oneHotRows([[0, 2, 1, 1]], 3)),
  ],
  ['embedding', [[5, 3]], (table) => embed(table, [[4, 0, 4]])],
];

function attention(length: number): Case[2] {
  return (qkv, positions, contentBias, positionBias) =>
    relativeAttention({ qkv, positions, contentBias, positionBias, length });
}

test.each(cases)('%s', async (_, shapes, f) => {
  const inputs = shapes.map((shape, i) => wave(shape, 1.3 + 0.7 * i));
  // One number out of the result, with a weight of its own for each entry.
  const loss = (...xs: tf.Tensor[]): tf.Scalar => {
    const y = f(...xs);
    return tf.sum(tf.mul(y, wave(y.shape, 0.9)));
  };
  const gradients = tf.tidy(() => tf.grads(loss)(inputs));
  for (const [which, input] of inputs.entries()) {
    const exact = await (gradients[which] as tf.Tensor).data();
    const values = await input.data();
    const epsilon = 1e-2;
    const shifted = async (at: number, by: number): Promise<number> => {
      const moved = Float32Array.from(values, (x, i) => (i === at ? x + by : x));
      const out = tf.tidy(() =>
        loss(...inputs.map((x, i) => (i === which ? tf.tensor(moved, x.shape) : x))),
      );
      const [value = NaN] = await out.data();
      out.dispose();
      return value;
    };
    for (let at = 0; at < input.size; at++) {
      const difference =
        ((await shifted(at, epsilon)) - (await shifted(at, -epsilon))) / (2 * epsilon);
      expect(Math.abs((exact[at] ?? NaN) - difference)).toBeLessThan(
        2e-3 * Math.max(1, Math.abs(difference)),
      );
    }
  }
  tf.dispose([inputs, gradients]);
});

test('a query sees no key after it', async () => {
  const attend = attention(4);
  const rest = [wave([4, 6], 2), wave([2, 3], 3), wave([2, 3], 4)];
  const first = wave([1, 4, 18], 1.1);
  const qkv = await first.array();
  const run = async (rows: unknown): Promise<Float32Array> => {
    const out = tf.tidy(() => attend(tf.tensor(rows as number[][][]), ...rest));
    const data = (await out.data()) as Float32Array;
    out.dispose();
    return data.slice(0, 18);
  };
  const before = await run(qkv);
  // Only the last position changes, so the first three must not.
  const changed = structuredClone(qkv) as number[][][];
  changed[0]?.[3]?.fill(9);
  expect(await run(changed)).toEqual(before);
  tf.dispose([rest, first]);
});
