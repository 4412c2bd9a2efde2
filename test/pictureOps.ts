import { expect, test } from 'vitest';
import {
  convolution,
  convolutionTransposed,
  transposedKernel,
  type ConvolutionOptions,
} from '../src/ops/convolution.ts';
import { groupNorm } from '../src/ops/groupNorm.ts';
import { upsample } from '../src/ops/upsample.ts';
import * as tf from '../src/tf/index.ts';
import { readAndFree } from '../src/tf/readback.ts';
import { record } from '../src/tf/tape.ts';
import { wave } from './wave.ts';

const read = async (make: () => tf.Tensor): Promise<number[]> =>
  Array.from(await readAndFree(tf.tidy(make)));

const dot = (a: () => tf.Tensor, b: () => tf.Tensor): Promise<number[]> =>
  read(() => tf.sum(tf.mul(a(), b())));

/** Sizes that show a mistaken axis: nothing is square, and nothing divides by the stride. */
const [batch, into, out, rows, columns, height, width] = [2, 3, 2, 5, 4, 3, 1] as const;
const x = (): tf.Tensor => wave([batch, into, rows, columns], 0.7);
const weight = (): tf.Tensor => wave([out, into, height, width], 1.3);

const wrap = (i: number, n: number): number => ((i % n) + n) % n;

/** The definition, in numbers. */
async function truth({ stride = 1, edge }: ConvolutionOptions): Promise<number[]> {
  const [given, kernel] = [await read(x), await read(weight)];
  const found: number[] = [];
  const pixel = (b: number, i: number, row: number, column: number): number => {
    if (edge !== 'circular' && (row < 0 || row >= rows || column < 0 || column >= columns))
      return 0;
    return (
      given[((b * into + i) * rows + wrap(row, rows)) * columns + wrap(column, columns)] ?? NaN
    );
  };
  for (let b = 0; b < batch; b++)
    for (let o = 0; o < out; o++)
      for (let r = 0; r < rows; r += stride)
        for (let c = 0; c < columns; c += stride) {
          let sum = 0;
          for (let i = 0; i < into; i++)
            for (let p = 0; p < height; p++)
              for (let q = 0; q < width; q++)
                sum +=
                  (kernel[((o * into + i) * height + p) * width + q] ?? NaN) *
                  pixel(b, i, r + p - 1, c + q);
          found.push(sum);
        }
  return found;
}

function expectNear(found: readonly number[], right: readonly number[], digits = 5): void {
  expect(found).toHaveLength(right.length);
  for (const [k, value] of found.entries()) expect(value).toBeCloseTo(right[k] ?? NaN, digits);
}

const ways: readonly ConvolutionOptions[] = [
  {},
  { stride: 2 },
  { edge: 'circular' },
  { edge: 'circular', stride: 3 },
];

/** What the operations on pictures are by their definitions, and their pullbacks; on the backend at hand. */
export function pictureOpsSuite(): void {
  test.each(ways)('a convolution is what its definition says: %o', async (options) => {
    expectNear(await read(() => convolution(x(), weight(), options)), await truth(options));
  });

  test.each(ways)('⟨K x, y⟩ = ⟨x, Kᵀ y⟩, and a kept tape says so twice: %o', async (options) => {
    const shape = tf.tidy(() => convolution(x(), weight(), options).shape);
    const y = wave(shape, 2.1);
    const back = (): tf.Tensor =>
      convolutionTransposed(y, weight(), { ...options, size: [rows, columns] });
    const [forward = NaN] = await dot(
      () => convolution(x(), weight(), options),
      () => tf.clone(y),
    );
    const [backward = NaN] = await dot(x, back);
    expect(backward).toBeCloseTo(forward, 4);
    const inputs = { x: x(), w: weight() };
    {
      using recording = record(({ x, w }) => convolution(x, w, options), inputs);
      const transposed = await read(back);
      for (let time = 0; time < 2; time++) {
        const pulled = recording.pullback(y, ['x', 'w']);
        expectNear(Array.from((await pulled.x?.data()) ?? []), transposed);
        // A convolution is linear in its kernel too.
        const [byKernel = NaN] = await dot(
          () => tf.clone(pulled.w as tf.Tensor),
          () => tf.clone(inputs.w),
        );
        expect(byKernel).toBeCloseTo(forward, 4);
        tf.dispose(pulled);
      }
    }
    tf.dispose([y, inputs]);
  });

  test('⟨K x, y⟩ = ⟨x, Kᵀ y⟩ by the transposed kernel, where a picture is periodic', async () => {
    const periodic = { edge: 'circular' } as const;
    const y = (): tf.Tensor => wave([batch, out, rows, columns], 2.1);
    const [forward = NaN] = await dot(() => convolution(x(), weight(), periodic), y);
    const [backward = NaN] = await dot(x, () =>
      convolution(y(), transposedKernel(weight()), periodic),
    );
    expect(backward).toBeCloseTo(forward, 4);
  });

  test('group norm: mean 0 and variance 1 over each group, then the affine part', async () => {
    const given = await read(() => wave([2, 4, 3, 1], 0.9));
    const scale = [1, 2, 3, 4];
    const offset = [0, 0.5, 1, 1.5];
    const right = given.map((_, i) => {
      const group = given.slice(Math.floor(i / 6) * 6, Math.floor(i / 6) * 6 + 6);
      const mean = group.reduce((a, b) => a + b, 0) / 6;
      const variance = group.reduce((a, b) => a + (b - mean) ** 2, 0) / 6;
      const channel = Math.floor(i / 3) % 4;
      const normed = ((given[i] ?? NaN) - mean) / Math.sqrt(variance + 1e-5);
      return normed * (scale[channel] ?? NaN) + (offset[channel] ?? NaN);
    });
    const found = await read(() =>
      groupNorm(wave([2, 4, 3, 1], 0.9), 2, {
        weight: tf.tensor1d(scale),
        bias: tf.tensor1d(offset),
      }),
    );
    expectNear(found, right, 4);
  });

  test('nearest up-sampling repeats each pixel, and its pullback adds them up', async () => {
    const given = { x: tf.tensor([1, 2, 3, 4, 5, 6], [1, 1, 2, 3]) };
    {
      using recording = record(({ x }) => upsample(x, 2), given);
      expect(Array.from(await recording.value.data())).toEqual([
        1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 4, 4, 5, 5, 6, 6,
      ]);
      const ones = tf.ones([1, 1, 4, 6]);
      const pulled = recording.pullback(ones, ['x']);
      expect(Array.from((await pulled.x?.data()) ?? [])).toEqual([4, 4, 4, 4, 4, 4]);
      tf.dispose([ones, pulled]);
    }
    tf.dispose(given);
  });
}
