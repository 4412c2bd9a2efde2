import fc from 'fast-check';
import { expect, test } from 'vitest';
import { trainingBatch, unigramEntropy, validationBatches } from './batches.ts';
import { namedStream } from '../../data/random.ts';

const random = namedStream(1, 'data order');
const upTo = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i);

/** ids = their own positions, so that a row shows where it was read. */
const sizes = fc
  .record({ batch: fc.integer({ min: 1, max: 6 }), length: fc.integer({ min: 1, max: 9 }) })
  .chain((shape) =>
    fc.record({ shape: fc.constant(shape), n: fc.integer({ min: shape.length + 1, max: 120 }) }),
  );

test('a batch has its shape, and targets follow tokens', () => {
  const orders = fc.constantFrom('shuffled', 'contiguous');
  const property = fc.property(sizes, orders, fc.nat(1e6), ({ shape, n }, order, step) => {
    const batch = trainingBatch(upTo(n), shape, order, step, random);
    expect(batch.tokens).toHaveLength(shape.batch);
    for (const [row, tokens] of batch.tokens.entries()) {
      expect(tokens).toHaveLength(shape.length);
      expect(batch.targets[row]).toEqual(tokens.map((token) => (token + 1) % n));
      if (order === 'shuffled') expect(tokens.at(-1)).toBeLessThan(n - 1);
    }
    expect(batch.continues).toBe(order === 'contiguous' && step > 0);
    expect(trainingBatch(upTo(n), shape, order, step, random)).toEqual(batch);
  });
  fc.assert(property, { numRuns: 300 });
});

test('contiguous rows go on where they stopped, around the end', () => {
  const property = fc.property(sizes, fc.nat(1000), ({ shape, n }, step) => {
    const at = (k: number) => trainingBatch(upTo(n), shape, 'contiguous', k, random);
    expect(at(0).tokens.map((row) => row[0])).toEqual(
      Array.from({ length: shape.batch }, (_, b) => Math.floor((b * n) / shape.batch)),
    );
    const ends = at(step).targets.map((row) => row.at(-1));
    expect(at(step + 1).tokens.map((row) => row[0])).toEqual(ends);
  });
  fc.assert(property, { numRuns: 300 });
});

test('shuffled rows start everywhere equally often, and differ from step to step', () => {
  const starts = new Map<number, number>();
  for (let step = 0; step < 1000; step++) {
    const { tokens } = trainingBatch(upTo(9), { batch: 8, length: 3 }, 'shuffled', step, random);
    for (const [start = NaN] of tokens) starts.set(start, (starts.get(start) ?? 0) + 1);
  }
  // 0 to 5: the row of start 5 has the last id as its last target.
  expect([...starts.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  for (const count of starts.values()) expect(Math.abs(count - 8000 / 6)).toBeLessThan(150);
});

test('too short a text and numbers that are none are refused', () => {
  const shape = { batch: 2, length: 4 };
  expect(() => trainingBatch(upTo(4), shape, 'shuffled', 0, random)).toThrow(/4 tokens.* needs 5/);
  expect(() => trainingBatch(upTo(4), shape, 'contiguous', 0, random)).toThrow(RangeError);
  expect(trainingBatch(upTo(5), shape, 'shuffled', 0, random).tokens[0]).toEqual([0, 1, 2, 3]);
  expect(() => trainingBatch(upTo(9), shape, 'shuffled', -1, random)).toThrow(/step is -1/);
  const none = { batch: 0, length: 4 };
  expect(() => trainingBatch(upTo(9), none, 'shuffled', 0, random)).toThrow(/batch size is 0/);
  expect(() => validationBatches(upTo(9), { batch: 1, length: 0.5 }, 1)).toThrow(RangeError);
});

test('validation windows are disjoint, spread over the text, and all rows are full', () => {
  const property = fc.property(sizes, fc.nat(8), ({ shape, n }, count) => {
    const batches = validationBatches(upTo(n), shape, count);
    const windows = Math.floor((n - 1) / shape.length);
    const most = Math.max(1, Math.floor(windows / shape.batch));
    expect(batches).toHaveLength(Math.min(count, most));
    for (const { tokens, targets, continues } of batches) {
      expect(continues).toBe(false);
      expect(tokens.map((row) => row.length)).toEqual(Array(shape.batch).fill(shape.length));
      expect(targets).toEqual(tokens.map((row) => row.map((token) => token + 1)));
      expect(Math.max(...targets.flat())).toBeLessThan(n);
    }
    const starts = batches.flatMap(({ tokens }) => tokens.map(([start]) => start ?? NaN));
    const distinct = starts.slice(0, windows);
    for (const [i, start] of distinct.slice(1).entries()) {
      expect(start - (distinct[i] ?? NaN)).toBeGreaterThanOrEqual(shape.length);
    }
    expect(starts).toEqual(starts.map((_, i) => distinct[i % distinct.length]));
  });
  fc.assert(property, { numRuns: 500 });
});

test('validation batches of a small text, by hand', () => {
  const starts = (n: number, batch: number, count: number): (number | undefined)[][] =>
    validationBatches(upTo(n), { batch, length: 2 }, count).map(({ tokens }) =>
      tokens.map(([start]) => start),
    );
  // Ten windows in 21 ids: four of them, evenly spaced.
  expect(starts(21, 2, 2)).toEqual([
    [0, 5],
    [10, 15],
  ]);
  // Two windows for three rows.
  expect(starts(5, 3, 2)).toEqual([[0, 2, 0]]);
  expect(starts(2, 3, 2)).toEqual([]);
  expect(starts(0, 3, 2)).toEqual([]);
});

test('unigram entropy is that of the counts', () => {
  expect(unigramEntropy(Int32Array.of(0, 1, 2, 3), 4)).toBeCloseTo(Math.log(4), 12);
  expect(unigramEntropy(Int32Array.of(0, 0, 0, 1), 9)).toBeCloseTo(0.5623351446188083, 12);
  expect(unigramEntropy(Int32Array.of(5, 5), 6)).toBe(0);
  expect(unigramEntropy(new Int32Array(), 4)).toBe(0);
  expect(() => unigramEntropy(Int32Array.of(4), 4)).toThrow(/id 4/);
});
