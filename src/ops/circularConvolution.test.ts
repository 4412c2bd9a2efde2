/** Circular convolution against its definition, and its transpose against its own. */
import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { wave } from '../../test/wave.ts';
import { initBackend } from '../tf/backend.ts';
import * as tf from '../tf/index.ts';
import {
  circularConvolution,
  circularConvolutionTransposed,
  transposedKernel,
} from './circularConvolution.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

async function read(make: () => tf.Tensor): Promise<number[]> {
  const tensor = tf.tidy(make);
  try {
    return Array.from(await tensor.data());
  } finally {
    tensor.dispose();
  }
}

const [batch, into, out, rows, columns, height, width] = [2, 3, 2, 5, 4, 3, 1] as const;
const x = (): tf.Tensor => wave([batch, into, rows, columns], 0.7);
const weight = (): tf.Tensor => wave([out, into, height, width], 1.3);

test('it is what its definition says, where the picture is not square and neither is the kernel', async () => {
  const [given, kernel] = [await read(x), await read(weight)];
  const wrap = (i: number, n: number): number => ((i % n) + n) % n;
  const truth: number[] = [];
  for (let b = 0; b < batch; b++)
    for (let o = 0; o < out; o++)
      for (let r = 0; r < rows; r++)
        for (let c = 0; c < columns; c++) {
          let sum = 0;
          for (let i = 0; i < into; i++)
            for (let p = 0; p < height; p++)
              for (let q = 0; q < width; q++) {
                const [row, column] = [wrap(r + p - 1, rows), wrap(c + q, columns)];
                sum +=
                  (kernel[((o * into + i) * height + p) * width + q] ?? NaN) *
                  (given[((b * into + i) * rows + row) * columns + column] ?? NaN);
              }
          truth.push(sum);
        }
  const found = await read(() => circularConvolution(x(), weight()));
  expect(found).toHaveLength(truth.length);
  for (const [k, value] of found.entries()) expect(value).toBeCloseTo(truth[k] ?? NaN, 5);
});

test('⟨K x, y⟩ = ⟨x, Kᵀ y⟩, by the transposed operation and by the transposed kernel', async () => {
  const y = (): tf.Tensor => wave([batch, out, rows, columns], 2.1);
  const dot = (a: () => tf.Tensor, b: () => tf.Tensor): Promise<number[]> =>
    read(() => tf.sum(tf.mul(a(), b())));
  const [forward = NaN] = await dot(() => circularConvolution(x(), weight()), y);
  const [backward = NaN] = await dot(x, () => circularConvolutionTransposed(y(), weight()));
  const [kernel = NaN] = await dot(x, () => circularConvolution(y(), transposedKernel(weight())));
  expect(backward).toBeCloseTo(forward, 4);
  expect(kernel).toBeCloseTo(forward, 4);
});

test('a kernel that is even, or larger than the picture, is refused in words', () => {
  const small = (): tf.Tensor => circularConvolution(wave([1, 1, 2, 4], 1), wave([1, 1, 3, 3], 1));
  expect(() => tf.tidy(small)).toThrow('does not fit');
  const even = (): tf.Tensor => circularConvolution(wave([1, 1, 4, 4], 1), wave([1, 1, 2, 3], 1));
  expect(() => tf.tidy(even)).toThrow('must be odd');
});
