import { beforeAll, expect, it } from 'vitest';
import * as core from '@tensorflow/tfjs-core';
import { wasmInNode } from '../../test/wasmInNode.ts';
import { wave } from '../../test/wave.ts';
import { initBackend } from './backend.ts';

beforeAll(async () => {
  wasmInNode();
  await initBackend('wasm');
});

/** The product in float64, of one pair. */
function product(a: Float32Array, b: Float32Array, [n, k, m]: readonly [number, number, number]) {
  return Float32Array.from({ length: n * m }, (_, at) => {
    const [row, column] = [Math.floor(at / m), at % m];
    let sum = 0;
    for (let i = 0; i < k; i++) sum += (a[row * k + i] ?? NaN) * (b[i * m + column] ?? NaN);
    return sum;
  });
}

const turn = (x: core.Tensor): core.Tensor =>
  core.transpose(x, [...x.shape.slice(0, -2).keys(), x.rank - 1, x.rank - 2]);

// On either side of what is worth turning, of what is worth cutting, and of the rows that it takes.
it.each([
  { outer: [], n: 3, k: 31, m: 32 },
  { outer: [], n: 3, k: 33, m: 32 },
  { outer: [2], n: 5, k: 64, m: 32 },
  { outer: [2], n: 5, k: 63, m: 32 },
  { outer: [2, 3], n: 4, k: 70, m: 40 },
  { outer: [2], n: 3, k: 64, m: 64 },
  { outer: [1], n: 6, k: 700, m: 6 },
  { outer: [1], n: 6, k: 150, m: 16 },
])('products of any turn are right: $outer of $n×$k by $k×$m', async ({ outer, n, k, m }) => {
  const a = wave([...outer, n, k], 1);
  const b = wave([...outer, k, m], 2);
  const [inA, inB] = [(await a.data()) as Float32Array, (await b.data()) as Float32Array];
  const expected = Array.from({ length: core.util.sizeFromShape(outer) }, (_, at) => [
    ...product(inA.subarray(at * n * k), inB.subarray(at * k * m), [n, k, m]),
  ]).flat();
  for (const [turnA, turnB] of [
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ] as const) {
    const made = core.matMul(turnA ? turn(a) : a, turnB ? turn(b) : b, turnA, turnB);
    expect(made.shape).toEqual([...outer, n, m]);
    const got = await made.data();
    for (const [at, value] of expected.entries()) expect(got[at]).toBeCloseTo(value, 4);
    made.dispose();
  }
});

it('a sample has the same bits alone and in a batch', async () => {
  const stack = wave([3, 16, 400], 3);
  const gram = await core.matMul(stack, stack, false, true).data();
  const alone = core.slice(stack, [1, 0, 0], [1, 16, 400]);
  expect(gram.slice(256, 512)).toEqual(await core.matMul(alone, alone, false, true).data());
  const weight = wave([40, 64], 4);
  const rows = wave([12, 64], 5);
  const all = await core.matMul(rows, weight, false, true).data();
  const one = core.slice(rows, [7, 0], [1, 64]);
  expect(all.slice(280, 320)).toEqual(await core.matMul(one, weight, false, true).data());
});

it('nothing of what is turned or cut stays', () => {
  const [a, b] = [wave([4, 16, 300], 6), wave([4, 16, 300], 7)];
  const backend = core.backend() as unknown as { numDataIds: () => number };
  const before = backend.numDataIds();
  for (let again = 0; again < 3; again++) core.matMul(a, b, false, true).dispose();
  const [w, x] = [wave([64, 40], 8), wave([64, 30], 9)];
  for (let again = 0; again < 3; again++) core.matMul(w, x, true).dispose();
  expect(backend.numDataIds()).toBe(before + 2);
});
