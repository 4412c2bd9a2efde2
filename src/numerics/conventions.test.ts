import { beforeAll, describe, expect, test } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { initBackend } from '../tf/backend.ts';
import * as tf from '../tf/index.ts';
import type { ConventionName } from './conventions/settings.ts';
import { solve } from './iterate.ts';
import type { FixedPointMap, IterationRecord, SolverOptions } from './solver.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

/** Two samples that converge at rates of their own: z ← rate z + 1. */
const f: FixedPointMap = (z) => tf.add(tf.mul(z, tf.tensor([[0.5], [0.9]])), 1);

async function run(
  convention: ConventionName,
  change: Partial<SolverOptions> = {},
): Promise<{ records: IterationRecord[]; evaluations: number; z: number[][] }> {
  const z0 = tf.zeros([2, 1]);
  const { z, records, evaluations } = await solve(f, z0, {
    method: 'picard',
    maxIterations: 200,
    tolerance: 1e-3,
    stopMode: 'rel',
    ...change,
    convention,
  });
  const values = (await z.array()) as number[][];
  tf.dispose([z0, z]);
  return { records, evaluations, z: values };
}

test('ours: each sample is held once it has converged', async () => {
  const { records } = await run('own');
  const last = records.at(-1);
  expect(last?.rel[0]).toBeGreaterThan(1e-4);
  expect(last?.rel[1]).toBeLessThan(1e-3);
});

test('torchdeq goes on with all samples until the worst is small', async () => {
  const { records, evaluations, z } = await run('torchdeq');
  expect(records.length).toBe((await run('own')).records.length);
  expect(records.at(-1)?.rel[0]).toBeLessThan(1e-9);
  // f of the lowest point, which is one evaluation more.
  expect(evaluations).toBe(records.length + 1);
  expect(z[1]?.[0]).toBeCloseTo(10 * (1 - 0.9 ** records.length), 4);
});

test('deq has one norm over the batch', async () => {
  const { records } = await run('deq');
  for (const { abs, rel } of records) {
    expect(abs[0]).toBe(abs[1]);
    expect(rel[0]).toBe(rel[1]);
  }
  // At z0 the residual is [1, 1], and so is f.
  expect(records[0]?.abs[0]).toBeCloseTo(Math.SQRT2, 6);
});

test('monDEQ measures the damped step and returns f of the last point', async () => {
  const { records, z, evaluations } = await run('mondeq', { damping: 0.5 });
  // z⁺ − z = [.5, .5], beside ‖z⁺‖ of the same length.
  expect(records[0]?.abs[0]).toBeCloseTo(Math.SQRT1_2, 6);
  expect(records[0]?.rel[0]).toBeCloseTo(1 / (1 + 1e-6 / Math.SQRT1_2), 6);
  expect(evaluations).toBe(records.length + 1);
  expect(z[0]?.[0]).toBeCloseTo(2, 2);
});

describe('the point returned', () => {
  // Its residual falls, then rises again.
  const bump: FixedPointMap = (z) => tf.add(z, tf.add(tf.square(tf.sub(z, 2.9)), 0.01));
  test.each([
    ['own', 'lowest'],
    ['tutorial', 'last'],
  ] as const)('%s: the %s', async (convention, which) => {
    const z0 = tf.zeros([1, 1]);
    const points: number[] = [];
    const options = { method: 'picard', maxIterations: 4, tolerance: 0, stopMode: 'abs' } as const;
    const kept: tf.Tensor[] = [];
    const { z, records } = await solve(bump, z0, { ...options, convention }, ({ newest }) => {
      kept.push(newest());
    });
    for (const point of kept) points.push((await point.data())[0] ?? NaN);
    tf.dispose(kept);
    const abs = records.map((record) => record.abs[0] ?? NaN);
    const lowest = points[abs.indexOf(Math.min(...abs))] ?? NaN;
    const expected = which === 'last' ? points.at(-1) : lowest;
    expect((await z.data())[0]).toBeCloseTo(expected ?? NaN, 6);
    tf.dispose([z0, z]);
  });
});
