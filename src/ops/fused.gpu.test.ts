/** Every fused kernel against the reference operation, on the GPU both. */
import { beforeAll, describe, expect, test } from 'vitest';
import { expectFused, wave } from '../../test/fusedSuite.ts';
import { failOnLeaks } from '../../test/leaks.ts';
import { initBackend } from '../tf/backend.ts';
import * as tf from '../tf/index.ts';
import { fusedOn, setFused } from './fused.ts';
import { layerNorm, residualLayerNorm } from './layerNorm.ts';
import { linear } from './linear.ts';
import { record } from '../tf/tape.ts';

beforeAll(async () => {
  await initBackend('webgpu');
});
failOnLeaks();

test('fused kernels are the default on WebGPU and can be switched off', () => {
  expect(fusedOn()).toBe(true);
  setFused(false);
  expect(fusedOn()).toBe(false);
  setFused(true);
});

describe('linear', () => {
  const grid = [1, 3, 5, 63, 65, 129];
  const sizes = [
    ...grid.map((n) => [n, n, n]),
    [8, 16, 4],
    [7, 32, 12],
    [257, 8, 20],
    [5, 8, 3],
    [5, 3, 8],
    [1, 64, 1],
  ];
  test.each(sizes)('%i × %i by %i', async (rows, inner, outer) => {
    const shapes = [[rows, inner], [inner, outer], [outer], [rows, outer]] as number[][];
    await expectFused(shapes.slice(0, 2), ([x, w]) => linear(x as tf.Tensor, w as tf.Tensor));
    for (const activation of ['relu', 'tanh', undefined] as const)
      await expectFused(shapes, ([x, w, bias, add]) =>
        linear(x as tf.Tensor, w as tf.Tensor, {
          ...(bias && { bias }),
          ...(add && { add }),
          ...(activation && { activation }),
        }),
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

describe('layer norm', () => {
  const shapes = [1, 2, 3, 5, 16, 63, 64, 65, 129, 512].map((width) => [3, 7, width]);
  test.each([...shapes, [1, 8], [130, 32]])('%s', async (...shape) => {
    await expectFused([shape], ([x]) => layerNorm(x as tf.Tensor));
    await expectFused([shape, shape], ([x, residual]) =>
      residualLayerNorm(x as tf.Tensor, residual as tf.Tensor),
    );
  });
});
