/** Every fused kernel against the reference operation, on the GPU both. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectFused, relativeError } from '../../test/fusedSuite.ts';
import { failOnDeviceErrors } from '../../test/deviceErrors.ts';
import { failOnLeaks } from '../../test/leaks.ts';
import { wave } from '../../test/wave.ts';
import { initBackend } from '../tf/backend.ts';
import * as tf from '../tf/index.ts';
import { fusedOn, setFused, setMatmul } from '../tf/fused.ts';
import { causalConvolution } from './causalConvolution.ts';
import { softmaxCrossEntropy } from './crossEntropy.ts';
import { embed, oneHotRows } from './embed.ts';
import { lstmGates } from './lstmGates.ts';
import { layerNorm, residualLayerNorm } from './layerNorm.ts';
import { linear } from './linear.ts';
import { relativeAttention } from './relativeAttention.ts';
import { combineRows, rowDot, rowProducts } from '../tf/rows.ts';
import { record } from '../tf/tape.ts';

beforeAll(async () => {
  await initBackend('webgpu');
  setFused(true);
});
failOnLeaks();

failOnDeviceErrors();

test('fused kernels can be switched on and off', () => {
  expect(fusedOn()).toBe(true);
  setFused(false);
  expect(fusedOn()).toBe(false);
  setFused(true);
});

/** Rows, inner and outer size of linear maps. */
const linearSizes = [
  ...[1, 3, 5, 63, 65, 129].map((n) => [n, n, n]),
  [8, 16, 4],
  [7, 32, 12],
  [257, 8, 20],
  [5, 8, 3],
  [5, 3, 8],
  [1, 64, 1],
] as [number, number, number][];

/** A linear map of that size, with and without what may follow the product, and its transpose. */
async function expectLinear(rows: number, inner: number, outer: number): Promise<void> {
  const shapes = [[rows, inner], [inner, outer], [outer], [rows, outer]];
  await expectFused(shapes.slice(0, 2), ([x, w]) => linear(x as tf.Tensor, w as tf.Tensor));
  for (const activation of ['relu', 'tanh', undefined] as const)
    await expectFused(shapes, ([x, w, bias, add]) =>
      linear(x as tf.Tensor, w as tf.Tensor, {
        ...(bias && { bias }),
        ...(add && { add }),
        ...(activation && { activation }),
      }),
    );
  await expectFused([[rows, inner], [outer, inner], [outer]], ([x, w, bias]) =>
    linear(x as tf.Tensor, w as tf.Tensor, { transposed: true, ...(bias && { bias }) }),
  );
  await expectFused(
    [
      [1, rows, inner],
      [outer, inner],
    ],
    ([x, w]) => linear(x as tf.Tensor, w as tf.Tensor, { transposed: true }),
  );
}

describe('linear', () => {
  test.each(linearSizes)('%i × %i by %i', expectLinear);

  test('has no second derivative rather than a wrong one', () => {
    const inputs = { x: wave([4, 4], 1), w: wave([4, 4], 2) };
    using recording = record(({ x, w }) => tf.grad((a) => linear(x, a))(w), inputs);
    const cotangent = tf.ones([4, 4]);
    expect(() => recording.pullback(cotangent, ['x'])).toThrow(/gradient function not found/);
    tf.dispose([inputs, cotangent]);
  });
});

describe('linear in tiles', () => {
  beforeAll(() => {
    setMatmul('tiles');
  });
  afterAll(() => {
    setMatmul('registers');
  });

  test.each([...linearSizes, [33, 40, 36], [96, 96, 96]] as typeof linearSizes)(
    '%i × %i by %i',
    expectLinear,
  );
});

describe('layer norm', () => {
  const shapes = [1, 2, 3, 5, 16, 63, 64, 65, 129, 512].map((width) => [3, 7, width]);
  test.each([...shapes, [1, 8], [130, 32]])('%s', async (...shape) => {
    // A row of nearly equal numbers has no digits left after its mean is taken, fused or not.
    const apart = (x: tf.Tensor | undefined): tf.Tensor =>
      tf.add(
        x as tf.Tensor,
        tf.tensor1d(Array.from({ length: shape.at(-1) ?? 1 }, (_, i) => (i % 2 ? 2 : -2))),
      );
    await expectFused([shape], ([x]) => layerNorm(apart(x)));
    await expectFused([shape, shape], ([x, residual]) =>
      residualLayerNorm(apart(x), residual as tf.Tensor),
    );
  });
});

describe('relative attention', () => {
  // Batch, queries, remembered positions, heads, features of a head.
  const cases = [
    [1, 1, 0, 1, 4],
    [2, 5, 0, 3, 4],
    [2, 5, 3, 2, 3],
    [1, 3, 5, 1, 1],
    [3, 12, 0, 2, 5],
    [2, 16, 4, 4, 8],
    [1, 63, 0, 2, 8],
    [1, 65, 1, 2, 2],
    [1, 9, 129, 1, 16],
    [2, 33, 0, 1, 6],
    [2, 7, 2, 2, 20],
    [1, 6, 1, 1, 40],
  ] as const;
  const expectAttention = async (
    ...[batch, length, memory, heads, size]: readonly [number, number, number, number, number]
  ): Promise<void> => {
    const [keys, width] = [memory + length, heads * size];
    const shapes = [
      [batch, keys, 3 * width],
      [keys, width],
      [heads, size],
      [heads, size],
    ];
    await expectFused(shapes, ([qkv, positions, contentBias, positionBias]) =>
      relativeAttention({
        // Larger than life, so that the softmax is far from uniform.
        qkv: tf.mul(qkv as tf.Tensor, 3),
        positions: positions as tf.Tensor,
        contentBias: contentBias as tf.Tensor,
        positionBias: positionBias as tf.Tensor,
        length,
      }),
    );
  };
  const title = 'batch %i, length %i, memory %i, %i heads of %i';
  test.each(cases)(title, expectAttention);

  describe('with one query a thread, as where products are made in tiles', () => {
    beforeAll(() => {
      setMatmul('tiles');
    });
    afterAll(() => {
      setMatmul('registers');
    });
    test.each([cases[2], cases[5]])(title, expectAttention);
  });
});

test.each([
  [1, 1, 2],
  [1, 5, 3],
  [3, 7, 5],
  [2, 33, 8],
  [5, 13, 65],
  [1, 129, 12],
])('cross entropy and embedding, batch %i, length %i, %i classes', async (batch, length, n) => {
  const ids = Array.from({ length: batch }, (_, b) =>
    Array.from({ length }, (__, i) => (3 * i * i + b) % n),
  );
  const rows = [batch * length, n];
  await expectFused([rows], ([logits]) =>
    softmaxCrossEntropy(tf.mul(logits as tf.Tensor, 5), oneHotRows(ids, n)),
  );
  await expectFused([rows, rows], ([logits, targets]) =>
    softmaxCrossEntropy(logits as tf.Tensor, tf.square(targets as tf.Tensor)),
  );
  for (const width of [1, 3, 8, 63])
    await expectFused([[n, width]], ([table]) => embed(table as tf.Tensor, ids));
});

describe('causal convolution', () => {
  test.each([
    [1, 1, 2, 1, 1],
    [2, 5, 2, 4, 8],
    [3, 7, 3, 3, 5],
    [2, 33, 4, 8, 12],
    [1, 2, 5, 4, 3],
    [1, 65, 2, 5, 4],
    [2, 6, 1, 4, 4],
  ])('batch %i, length %i, kernel %i, %i → %i', async (batch, length, kernel, inner, outer) => {
    const shapes = [
      [batch, length, inner],
      [kernel * inner, outer],
      [outer],
      [batch, length, outer],
    ];
    await expectFused(shapes, ([x, w, bias, add]) =>
      causalConvolution(x as tf.Tensor, w as tf.Tensor, {
        ...(bias && { bias }),
        ...(add && { add }),
      }),
    );
    if (kernel > 1)
      await expectFused([...shapes.slice(0, 2), [batch, 1, inner]], ([x, w, history]) =>
        causalConvolution(x as tf.Tensor, w as tf.Tensor, { history, activation: 'tanh' }),
      );
  });
});

test.each([
  [1, 1, 1],
  [2, 3, 4],
  [3, 5, 3],
  [1, 65, 63],
  [2, 16, 32],
])('LSTM gates, batch %i, length %i, width %i', async (batch, length, width) => {
  await expectFused(
    [
      [batch, length, 4 * width],
      [batch, length, width],
    ],
    ([gates, c]) => lstmGates(tf.mul(gates as tf.Tensor, 3), c as tf.Tensor),
  );
});

describe('products over rows', () => {
  test.each([
    [1, 1, 1],
    [2, 3, 63],
    [3, 12, 129],
    [4, 30, 1025],
  ])('%d samples of %d rows of %d', async (batch, rows, n) => {
    const [a, y] = [wave([batch, rows, n], 1.3), wave([batch, n], 0.7)];
    const evaluate = (): tf.Tensor[] =>
      tf.tidy(() => {
        const products = rowProducts(a as tf.Tensor3D, y as tf.Tensor2D);
        const combined = combineRows(products, a as tf.Tensor3D);
        return [products, combined, rowDot(combined, y as tf.Tensor2D)];
      });
    const fused = evaluate();
    setFused(false);
    const reference = evaluate();
    setFused(true);
    for (const [i, tensor] of fused.entries()) {
      const found = (await tensor.data()) as Float32Array;
      const truth = (await (reference[i] as tf.Tensor).data()) as Float32Array;
      expect(relativeError(found, truth)).toBeLessThan(1e-5);
    }
    tf.dispose([a, y, fused, reference]);
  });
});
