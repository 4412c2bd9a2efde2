/** Every fused kernel on the GPU against the reference operation on the CPU. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectFused, relativeError } from '../../test/fusedSuite.ts';
import { failOnDeviceErrors } from '../../test/deviceErrors.ts';
import { failOnLeaks } from '../../test/leaks.ts';
import { wave } from '../../test/wave.ts';
import { initBackend, onCpu } from '../tf/backend.ts';
import * as tf from '../tf/index.ts';
import { GpuCounters } from '../tf/counters.ts';
import { fusedOn, setFused, setMatmul } from '../tf/fused.ts';
import { causalConvolution } from './causalConvolution.ts';
import { softmaxCrossEntropy } from './crossEntropy.ts';
import { embed, oneHotRows } from './embed.ts';
import { lstmGates } from './lstmGates.ts';
import { layerNorm, residualLayerNorm } from './layerNorm.ts';
import { linear } from './linear.ts';
import { relativeAttention } from './relativeAttention.ts';
import { combineRows, rowDot, rowProducts } from '../numerics/rows.ts';
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
type LinearSize = readonly [rows: number, inner: number, outer: number];

/** Vectors of four throughout, and numbers throughout: with and without all that may follow the product. */
const wholeSizes: readonly LinearSize[] = [
  [8, 16, 4],
  [3, 3, 3],
];

// Each is compiled anew where other sizes divide by four, and a software GPU compiles for seconds.
const linearSizes: readonly LinearSize[] = [
  ...[1, 65, 129].map((n) => [n, n, n] as const),
  [7, 32, 12],
  [257, 8, 20],
  [5, 8, 3],
  [1, 64, 1],
];

/** A linear map of that size with everything that may follow the product, and its transpose. */
async function expectLinear(rows: number, inner: number, outer: number): Promise<void> {
  await expectFollowed(rows, inner, outer, ['tanh']);
  await expectFused([[rows, inner], [outer, inner], [outer]], ([x, w, bias]) =>
    linear(x as tf.Tensor, w as tf.Tensor, { transposed: true, ...(bias && { bias }) }),
  );
}

/** The product with bias and another matrix added, by each of these activations. */
async function expectFollowed(
  rows: number,
  inner: number,
  outer: number,
  activations: readonly ('relu' | 'tanh' | undefined)[],
): Promise<void> {
  const shapes = [[rows, inner], [inner, outer], [outer], [rows, outer]];
  for (const activation of activations)
    await expectFused(shapes, ([x, w, bias, add]) =>
      linear(x as tf.Tensor, w as tf.Tensor, {
        ...(bias && { bias }),
        ...(add && { add }),
        ...(activation && { activation }),
      }),
    );
}

describe('linear', () => {
  test.each(linearSizes)('%i × %i by %i', expectLinear);

  test.each(wholeSizes)('%i × %i by %i, whatever follows', async (rows, inner, outer) => {
    const [x, w] = [
      [rows, inner],
      [inner, outer],
    ];
    await expectFused([x, w], ([a, b]) => linear(a as tf.Tensor, b as tf.Tensor));
    await expectFollowed(rows, inner, outer, ['relu', 'tanh', undefined]);
    await expectFused(
      [
        [1, rows, inner],
        [outer, inner],
      ],
      ([a, b]) => linear(a as tf.Tensor, b as tf.Tensor, { transposed: true }),
    );
  });

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

  // Edges of a tile, and sizes that do not divide by four.
  test.each([
    [8, 16, 4],
    [33, 40, 36],
    [96, 96, 96],
    [5, 3, 8],
    [129, 129, 129],
  ] as const)('%i × %i by %i', expectLinear);
});

describe('a cotangent whose kernel adds the others to it', () => {
  afterAll(() => {
    setMatmul('registers');
  });

  /** What meets in x after the map's own cotangent is known, with as many other terms. */
  const met = (y: (x: tf.Tensor) => tf.Tensor, others: number) => (x: tf.Tensor) => {
    let sum = y(x);
    for (let k = 0; k < others; k++) sum = tf.add(sum, tf.mul(tf.sigmoid(x), k + 1));
    return sum;
  };
  const cases = [
    ['linear', 8],
    ['linear', 3],
    ['convolution', 8],
    ['convolution', 3],
  ] as const;

  test.each(cases)(
    '%s of width %i: the bits of adding them after, and fewer dispatches',
    async (kind, width) => {
      const weight = wave([kind === 'linear' ? width : 3 * width, width], 2);
      const layer = (x: tf.Tensor): tf.Tensor =>
        kind === 'linear'
          ? linear(x, weight, { activation: 'tanh' })
          : causalConvolution(x, weight);
      for (const variant of ['registers', 'tiles'] as const)
        for (const others of [1, 2]) {
          setMatmul(variant);
          const x = wave([2, 5, width], 1);
          const [cotangent, added] = [wave([2, 5, width], 3), wave([2, 5, width], 4)];
          const f = met(layer, others);
          using recording = record(({ x: at }) => f(at), { x });
          const count = async (make: () => tf.Tensor) => {
            using counter = new GpuCounters();
            const made = make();
            const { dispatches } = counter.sample();
            return { made, dispatches, values: await made.data() };
          };
          const alone = await count(() => recording.pullback(cotangent, ['x']).x as tf.Tensor);
          const plain = await count(() => tf.grad(f)(x, cotangent));
          const both = await count(
            () => recording.pullback(cotangent, ['x'], { x: added }).x as tf.Tensor,
          );
          const after = tf.add(alone.made, added);
          expect(alone.values).toEqual(plain.values);
          expect(both.values).toEqual(await after.data());
          expect(both.dispatches).toBeLessThanOrEqual(alone.dispatches);
          tf.dispose([x, cotangent, added, alone.made, plain.made, both.made, after]);
        }
      weight.dispose();
    },
  );
});

describe('layer norm', () => {
  const shapes = [1, 3, 16, 65, 512].map((width) => [3, 7, width]);
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
    [2, 5, 3, 2, 3],
    [1, 3, 5, 1, 1],
    [2, 16, 4, 4, 8],
    [1, 65, 1, 2, 2],
    [1, 9, 129, 1, 16],
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
    test.each([cases[1], cases[3]])(title, expectAttention);
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
    [2, 5, 2, 4, 8],
    [3, 7, 3, 3, 5],
    [2, 33, 4, 8, 12],
    [1, 2, 5, 4, 3],
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
    const evaluate = async (): Promise<Float32Array[]> => {
      const [a, y] = [wave([batch, rows, n], 1.3), wave([batch, n], 0.7)];
      const made = tf.tidy(() => {
        const products = rowProducts(a as tf.Tensor3D, y as tf.Tensor2D);
        const combined = combineRows(products, a as tf.Tensor3D);
        return [products, combined, rowDot(combined, y as tf.Tensor2D)];
      });
      const values = await Promise.all(made.map((tensor) => tensor.data()));
      tf.dispose([a, y, made]);
      return values as Float32Array[];
    };
    const fused = await evaluate();
    setFused(false);
    const reference = await onCpu(evaluate);
    setFused(true);
    for (const [i, found] of fused.entries())
      expect(relativeError(found, reference[i] as Float32Array)).toBeLessThan(1e-5);
  });
});
