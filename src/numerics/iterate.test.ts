import { beforeAll, describe, expect, test } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { throughZero } from '../../test/solverInvariants.ts';
import { createRandom } from '../data/random.ts';
import { initBackend } from '../tf/backend.ts';
import * as tf from '../tf/index.ts';
import { iterate, solve, type Solution } from './iterate.ts';
import type { FixedPointMap, IterationRecord, SolverOptions } from './solver.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

const options: SolverOptions = {
  method: 'picard',
  maxIterations: 60,
  tolerance: 1e-6,
  stopMode: 'rel',
};
const methods = ['picard', 'anderson', 'broyden'] as const;

/** Solve on rows of numbers, and give back rows of numbers. */
async function solveRows(
  f: FixedPointMap,
  rows: number[][],
  change: Partial<SolverOptions> = {},
): Promise<Omit<Solution, 'z'> & { z: number[][] }> {
  const z0 = tf.tensor(rows);
  const { z, ...rest } = await solve(f, z0, { ...options, ...change });
  const values = (await z.array()) as number[][];
  tf.dispose([z0, z]);
  return { ...rest, z: values };
}

/** `z ↦ z A + b`, row by row. */
const affine =
  (a: number[][], b: number[]): FixedPointMap =>
  (z) =>
    tf.add(tf.matMul(z as tf.Tensor2D, tf.tensor<tf.Rank.R2>(a)), tf.tensor(b));

describe.each(methods)('%s', (method) => {
  test('finds the fixed point of a linear contraction', async () => {
    // z = zA + b has the solution b (I − A)⁻¹ = [2, 3] here.
    const f = affine(
      [
        [0.5, 0.1],
        [0, 0.4],
      ],
      [1, 1.6],
    );
    const { z, status, records, evaluations } = await solveRows(f, [[0, 0]], { method });
    expect(status).toBe('converged');
    expect(z[0]?.[0]).toBeCloseTo(2, 4);
    expect(z[0]?.[1]).toBeCloseTo(3, 4);
    expect(evaluations).toBe(records.length);
    expect(records.map(({ iteration }) => iteration)).toEqual(records.map((_, i) => i));
    expect(records.at(-1)?.status).toBe('converged');
  });

  test('stops at once where it starts on the fixed point', async () => {
    const { status, records } = await solveRows((z) => tf.tanh(z), [[0, 0, 0]], { method });
    expect(status).toBe('converged');
    expect(records).toHaveLength(1);
    expect(records[0]?.abs).toEqual([0]);
  });

  test('freezes a converged sample: alone or in a batch, the same bits', async () => {
    const f: FixedPointMap = (z) => tf.tanh(tf.add(tf.mul(z, -0.9), 0.7));
    const fast = [0.39, 0.4];
    const slow = [9, -3];
    const change = { method, tolerance: 1e-4 };
    const alone = await solveRows(f, [fast], change);
    const other = await solveRows(f, [slow], change);
    const both = await solveRows(f, [fast, slow], change);
    expect(other.records.length).toBeGreaterThan(alone.records.length);
    expect(both.z).toEqual([alone.z[0], other.z[0]]);
    const residuals = (s: { records: IterationRecord[] }, i: number): unknown[] =>
      s.records.map(({ rel }) => rel[i]);
    expect(residuals(both, 1)).toEqual(residuals(other, 0));
    const last = alone.records.at(-1)?.rel[0];
    expect(residuals(both, 0).slice(alone.records.length - 1)).toEqual(
      both.records.slice(alone.records.length - 1).map(() => last),
    );
  });

  test('keeps the shape of the state, and returns the point with the lowest residual', async () => {
    const z0 = tf.zeros([2, 3, 4]);
    // Period two: the residual is lowest at z0 and only grows.
    const f: FixedPointMap = (z) => tf.add(tf.mul(z, -1.05), 1);
    const solution = await solve(f, z0, { ...options, method: 'picard', maxIterations: 5 });
    expect(solution.z.shape).toEqual([2, 3, 4]);
    expect(Math.max(...((await solution.z.data()) as Float32Array))).toBe(0);
    tf.dispose([z0, solution.z]);
  });

  test('makes records 0 to maxIterations, and says that it ran out', async () => {
    const { status, records } = await solveRows((z) => tf.tanh(tf.add(z, 0.1)), [[0]], {
      method,
      maxIterations: 4,
      tolerance: 0,
    });
    expect(status).toBe('max-iterations');
    expect(records.map(({ status: s }) => s)).toEqual([
      ...Array<string>(4).fill('running'),
      'max-iterations',
    ]);
  });

  test('frees everything when it is stopped midway', async () => {
    const z0 = tf.ones([2, 5]);
    const solving = iterate((z) => tf.tanh(tf.add(z, 1)), z0, { ...options, method, tolerance: 0 });
    for (let i = 0; i < 4; i++) await solving.next();
    await solving.return(undefined as never);
    tf.dispose(z0);
  });

  test('frees everything when f throws', async () => {
    const z0 = tf.ones([1, 3]);
    let calls = 0;
    const f: FixedPointMap = (z) => {
      if (++calls === 3) throw new Error('lost');
      return tf.tanh(z);
    };
    await expect(solve(f, z0, { ...options, method })).rejects.toThrow('lost');
    tf.dispose(z0);
  });
});

test('a map that blows up is diverged, not an exception', async () => {
  const { status, records } = await solveRows((z) => tf.add(tf.mul(z, -3), 1), [[0]], {
    stopMode: 'abs',
  });
  expect(status).toBe('diverged');
  expect(records.every(({ abs }) => abs.every(Number.isFinite))).toBe(true);
});

test.each(methods)('%s: a sample whose f(z) is 0 on the way has not diverged', async (method) => {
  const { z, status, records } = await solveRows(throughZero.f, [[0]], { method, damping: 0.5 });
  expect(Math.max(...records.map(({ rel }) => rel[0] ?? NaN))).toBeGreaterThan(1e8);
  expect(status).toBe('converged');
  expect(z[0]?.[0]).toBeCloseTo(1 / 3, 5);
});

test.each([NaN, Infinity])('a map that makes %s is nonfinite', async (value) => {
  const f: FixedPointMap = (z) => tf.mul(tf.onesLike(z), value);
  const { status } = await solveRows(f, [[1, 2]]);
  expect(status).toBe('nonfinite');
});

test('a sample that blows up does not touch the others', async () => {
  const good = 0.3;
  // The second sample's own first entry decides that it explodes.
  const f: FixedPointMap = (z) =>
    tf.where(tf.greater(z, 5), tf.mul(tf.square(z), 1e3), tf.mul(z, 0.5));
  const { status, z, records } = await solveRows(f, [[good], [6]], { stopMode: 'abs' });
  expect(status).toBe('diverged');
  expect(Math.abs(z[0]?.[0] ?? NaN)).toBeLessThan(1e-5);
  expect(records.at(-1)?.abs[0]).toBeLessThan(1e-6);
});

test('a residual that stays just above the tolerance is stalled', async () => {
  let sign = 1;
  const f: FixedPointMap = (z) => tf.add(z, 2e-6 * (sign = -sign));
  const { status, records } = await solveRows(f, [[1]], { stopMode: 'abs', maxIterations: 100 });
  expect(status).toBe('stalled');
  expect(records).toHaveLength(31);
});

test('a singular Anderson system takes a Picard step and says so', async () => {
  // Every residual is the same vector, so the Gram matrix has rank one.
  const f: FixedPointMap = (z) => tf.add(z, 1);
  const { z, records } = await solveRows(f, [[0, 0]], {
    method: 'anderson',
    ridge: 0,
    maxIterations: 4,
  });
  expect(records.slice(2).map(({ event }) => event)).toEqual(Array(3).fill('singular-system'));
  expect(records.every(({ abs }) => abs.every(Number.isFinite))).toBe(true);
  expect(z.flat().every(Number.isFinite)).toBe(true);
});

test('a vanishing Broyden denominator takes a Picard step and says so', async () => {
  const f: FixedPointMap = (z) => tf.add(z, 1);
  const { records } = await solveRows(f, [[0, 0]], { method: 'broyden', maxIterations: 4 });
  // The first step is Picard's anyway.
  expect(records.slice(2).map(({ event }) => event)).toEqual(
    Array(3).fill('vanishing-denominator'),
  );
  expect(
    records.every(({ abs }) => abs.every((value) => Math.abs(value - Math.SQRT2) < 1e-6)),
  ).toBe(true);
});

test('full histories are marked once', async () => {
  const f: FixedPointMap = (z) => tf.tanh(tf.add(tf.mul(z, -1.1), 0.4));
  for (const [method, event] of [
    ['anderson', 'window-full'],
    ['broyden', 'rank-limit'],
  ] as const) {
    const rows = [[0.1, 0.5, 0.9, -2, 3]];
    const { records } = await solveRows(f, rows, {
      method,
      history: 3,
      tolerance: 0,
      maxIterations: 6,
    });
    const marked = records.filter((record) => record.event === event);
    expect(marked.map(({ iteration }) => iteration)).toEqual([method === 'anderson' ? 2 : 3]);
  }
});

test('the line search shortens a step that overshoots, each sample on its own', async () => {
  // The full first step from 0 lands far beyond the steep part.
  const f: FixedPointMap = (z) => tf.sub(z, tf.mul(tf.tanh(tf.mul(tf.sub(z, 0.2), 6)), 3));
  const change = { method: 'broyden', lineSearch: true, stopMode: 'abs', tolerance: 1e-4 } as const;
  const alone = await solveRows(f, [[0]], change);
  const calm = await solveRows(f, [[0.2]], change);
  const both = await solveRows(f, [[0], [0.2]], change);
  expect(alone.evaluations).toBeGreaterThan(alone.records.length);
  expect(alone.records.some(({ event }) => event === 'line-search')).toBe(true);
  const [first = NaN, second = NaN] = alone.records.map(({ abs }) => abs[0] ?? NaN);
  expect(second).toBeLessThan(first);
  const plain = await solveRows(f, [[0]], { ...change, lineSearch: false });
  expect(plain.records[1]?.abs[0]).toBeGreaterThan(second);
  expect(both.z).toEqual([alone.z[0], calm.z[0]]);
});

test.each<[Partial<SolverOptions>, RegExp]>([
  [{ damping: 0 }, /damping/],
  [{ damping: 1.1 }, /damping/],
  [{ history: 0 }, /history/],
  [{ history: 2.5 }, /history/],
  [{ ridge: -1 }, /ridge/],
  [{ tolerance: NaN }, /tolerance/],
  [{ maxIterations: -1 }, /maxIterations/],
  [{ method: 'secant' as never }, /newton/],
  [{ stopMode: 'both' as never }, /stopMode/],
])('refuses %o at once, naming the option', (change, message) => {
  const z0 = tf.zeros([1, 1]);
  expect(() => iterate((z) => z, z0, { ...options, ...change })).toThrow(message);
  z0.dispose();
});

test('refuses a map that changes the shape', async () => {
  const z0 = tf.zeros([2, 3]);
  await expect(solve((z) => tf.sum(z, 1), z0, options)).rejects.toThrow(/keep the shape \[2, 3\]/);
  z0.dispose();
});

test('refuses a state that is too large for the method at once, and says what to take', () => {
  const z0 = tf.zeros([1, 600]);
  expect(() => iterate((z) => z, z0, { ...options, method: 'newton' })).toThrow(
    /600 numbers is too large for Newton, which takes at most 512.*Newton–GMRES/,
  );
  z0.dispose();
});

test('dense Broyden solves a sample after another of its batch has been held', async () => {
  const random = createRandom(3);
  const numbers = (count: number, size: number): number[] =>
    Array.from({ length: count }, () => (2 * random.next() - 1) * size);
  const weights = numbers(9, 0.7);
  const inputs = [...numbers(3, 0.3), ...numbers(3, 3)];
  const f: FixedPointMap = (z) =>
    tf.tanh(
      tf.add(
        tf.matMul(z as tf.Tensor2D, tf.tensor<tf.Rank.R2>(weights, [3, 3])),
        tf.tensor(inputs, [2, 3]),
      ),
    );
  const zeros = [
    [0, 0, 0],
    [0, 0, 0],
  ];
  const { status, records } = await solveRows(f, zeros, {
    method: 'broyden-dense',
    tolerance: 1e-3,
  });
  expect(status).toBe('converged');
  expect(records.length).toBeLessThan(12);
});
