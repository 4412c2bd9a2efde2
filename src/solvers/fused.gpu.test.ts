/** Fused solvers against those of reference operations, on the GPU both. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { failOnDeviceErrors } from '../../test/deviceErrors.ts';
import { failOnLeaks } from '../../test/leaks.ts';
import { wave } from '../../test/wave.ts';
import { initBackend } from '../tf/backend.ts';
import { GpuCounters } from '../tf/counters.ts';
import { setFused } from '../tf/fused.ts';
import * as tf from '../tf/index.ts';
import { iterate, solve, type Solution } from './iterate.ts';
import type { FixedPointMap, IterationRecord, SolverOptions } from './solver.ts';

beforeAll(async () => {
  await initBackend('webgpu');
});
failOnLeaks();

failOnDeviceErrors();
afterEach(() => {
  setFused(false);
});

const base: SolverOptions = {
  method: 'picard',
  maxIterations: 14,
  tolerance: 0,
  stopMode: 'rel',
};

/** `z ↦ tanh(z W + b)` with W of about that gain: the samples differ by b. */
function layer(batch: number, n: number, gain: number): { f: FixedPointMap; free: () => void } {
  const w = tf.tidy(() => tf.mul(wave([n, n], 1.37), (gain * 1.6) / Math.sqrt(n)));
  const b = wave([batch, n], 0.71);
  const f: FixedPointMap = (z) => tf.tanh(tf.add(tf.matMul(z as tf.Tensor2D, w as tf.Tensor2D), b));
  return {
    f,
    free: () => {
      tf.dispose([w, b]);
    },
  };
}

interface Outcome extends Omit<Solution, 'z'> {
  readonly values: Float32Array;
}

async function solved(
  fused: boolean,
  f: FixedPointMap,
  z0: tf.Tensor,
  options: SolverOptions,
): Promise<Outcome> {
  setFused(fused);
  const { z, ...rest } = await solve(f, z0, options);
  const values = (await z.data()).slice() as Float32Array;
  z.dispose();
  return { ...rest, values };
}

const untimed = (records: readonly IterationRecord[]): object[] =>
  records.map((record) => ({ ...record, milliseconds: 0, together: 0 }));

const methods: readonly Partial<SolverOptions>[] = [
  { method: 'picard' },
  { method: 'picard', damping: 0.6 },
  { method: 'anderson' },
  { method: 'anderson', history: 1, damping: 0.5 },
  { method: 'anderson', history: 3, damping: 0.7, ridgeMode: 'absolute' },
  { method: 'broyden' },
  { method: 'broyden', history: 1 },
  { method: 'broyden', history: 3 },
  { method: 'broyden', history: Infinity },
];

describe.each(methods)('%o', (method) => {
  test.each([
    [1, 1],
    [2, 3],
    [3, 63],
    [2, 64],
    [1, 129],
  ])('batch %i, n = %i: the records and points of the reference', async (batch, n) => {
    const { f, free } = layer(batch, n, 0.9);
    const z0 = tf.zeros([batch, n]);
    const options = { ...base, ...method };
    const fused = await solved(true, f, z0, options);
    const again = await solved(true, f, z0, options);
    const reference = await solved(false, f, z0, options);
    tf.dispose(z0);
    free();
    expect(untimed(again.records)).toEqual(untimed(fused.records));
    expect(again.values).toEqual(fused.values);
    expect(fused.status).toBe(reference.status);
    let compared = 0;
    for (const [k, record] of fused.records.entries())
      for (const [sample, rel] of record.rel.entries()) {
        const theirs = reference.records[k]?.rel[sample] ?? NaN;
        // Below, round-off decides.
        if (!(theirs > 1e-4)) continue;
        compared++;
        expect(Math.abs(rel - theirs) / theirs, `iteration ${k}`).toBeLessThan(0.02);
      }
    expect(compared).toBeGreaterThan(n === 1 ? 0 : 2);
    const error = Math.max(
      ...fused.values.map((x, i) => Math.abs(x - (reference.values[i] ?? NaN))),
    );
    expect(error).toBeLessThan(1e-3);
  });

  test('makes the same records and solution stepped and at full speed', async () => {
    const { f, free } = layer(3, 12, 0.8);
    const z0 = tf.zeros([3, 12]);
    const options = { ...base, ...method, maxIterations: 30, tolerance: 1e-3 };
    const fast = await solved(true, f, z0, options);
    const stepping = iterate(f, z0, options);
    const records: IterationRecord[] = [];
    let values: Float32Array | undefined;
    let looked = 0;
    while (!values) {
      const step = await stepping.next();
      if (step.done !== true) records.push(step.value);
      else {
        looked = step.value.evaluations;
        values = (await step.value.z.data()).slice() as Float32Array;
        step.value.z.dispose();
      }
    }
    tf.dispose(z0);
    free();
    expect(untimed(records)).toEqual(untimed(fast.records));
    expect(values).toEqual(fast.values);
    expect(looked).toBe(records.length);
    expect(fast.evaluations - looked).toBeLessThan(4);
  });

  test('a sample solved alone gives the bits it gives in a batch', async () => {
    const { f, free } = layer(3, 8, 0.9);
    const w = wave([1, 8], 0.4);
    const z0 = tf.zeros([3, 8]);
    const options = { ...base, ...method, maxIterations: 25, tolerance: 1e-3 };
    const all = await solved(true, f, z0, options);
    // The middle row, f of the others left out.
    const one: FixedPointMap = (z) =>
      tf.slice(f(tf.concat([tf.zeros([1, 8]), z, tf.zeros([1, 8])], 0)), [1, 0], [1, 8]);
    const start = tf.zeros([1, 8]);
    const alone = await solved(true, one, start, options);
    tf.dispose([z0, start, w]);
    free();
    expect(alone.values).toEqual(all.values.slice(8, 16));
  });

  test('stops, and frees everything, midway', async () => {
    setFused(true);
    const { f, free } = layer(2, 8, 0.9);
    const z0 = tf.zeros([2, 8]);
    const solving = iterate(f, z0, { ...base, ...method }, (standing) => {
      tf.dispose([standing.best(), standing.newest()]);
    });
    await solving.next();
    await solving.next(4);
    await solving.next(4);
    await solving.return(undefined as never);
    tf.dispose(z0);
    free();
  });

  test('a map that blows up or makes NaN is a verdict', async () => {
    const z0 = tf.ones([2, 4]);
    const options = { ...base, ...method, maxIterations: 40 };
    const grows = await solved(true, (z) => tf.mul(tf.square(z), 50), z0, options);
    expect(['diverged', 'nonfinite', 'max-iterations']).toContain(grows.status);
    const nan = await solved(true, (z) => tf.mul(z, NaN), z0, options);
    expect(nan.status).toBe('nonfinite');
    expect([...nan.values]).toEqual(Array(8).fill(1));
    const same = await solved(true, (z) => z, z0, options);
    expect(same.records[0]?.abs).toEqual([0, 0]);
    z0.dispose();
  });
});

test('a singular Anderson system and a vanishing denominator take Picard steps and say so', async () => {
  const z0 = tf.zeros([1, 2]);
  for (const method of ['anderson', 'broyden'] as const) {
    const options = { ...base, method, ridge: 0, maxIterations: 4 };
    // The residual never changes.
    const fused = await solved(true, (z) => tf.add(z, 1), z0, options);
    const reference = await solved(false, (z) => tf.add(z, 1), z0, options);
    const events = ({ records }: Outcome): unknown[] => records.map(({ event }) => event);
    expect(events(fused)).toEqual(events(reference));
    expect(events(fused).filter(Boolean).length).toBeGreaterThan(1);
  }
  z0.dispose();
});

test('full histories are marked where the reference marks them', async () => {
  const { f, free } = layer(1, 16, 0.9);
  const z0 = tf.zeros([1, 16]);
  for (const method of ['anderson', 'broyden'] as const)
    for (const history of [1, 2, 5]) {
      const options = { ...base, method, history };
      const [fused, reference] = [
        await solved(true, f, z0, options),
        await solved(false, f, z0, options),
      ];
      const marks = ({ records }: Outcome): unknown[] => records.map(({ event }) => event);
      expect(marks(fused)).toEqual(marks(reference));
    }
  z0.dispose();
  free();
});

test('a stall is seen, at most three evaluations late', async () => {
  const z0 = tf.zeros([1, 4]);
  // A residual that stays between one and three times the tolerance.
  const f: FixedPointMap = (z) => tf.add(tf.mul(z, 1), 1e-3);
  const { status, records, evaluations } = await solved(true, f, z0, {
    ...base,
    tolerance: 1e-3,
    stopMode: 'abs',
    maxIterations: 60,
  });
  expect(status).toBe('stalled');
  expect(evaluations - records.length).toBeLessThan(4);
  z0.dispose();
});
test.each(['picard', 'anderson', 'broyden'] as const)(
  '%s: dispatches and read-backs of a full-speed solve',
  async (method) => {
    setFused(true);
    const n = 16;
    const { f, free } = layer(2, n, 0.9);
    const z0 = tf.zeros([2, n]);
    const count = async (
      maxIterations: number,
    ): Promise<{ dispatches: number; readbacks: number }> => {
      using counter = new GpuCounters();
      const { z } = await solve(f, z0, { ...base, method, maxIterations });
      const { dispatches, readbacks } = counter.sample();
      z.dispose();
      return { dispatches, readbacks };
    };
    const [short, long] = [await count(8), await count(28)];
    tf.dispose(z0);
    free();
    expect(long.readbacks).toBeLessThanOrEqual(28 / 4 + 1);
    expect(short.readbacks).toBeLessThanOrEqual(8 / 4 + 1);
    // f is three dispatches here.
    expect((long.dispatches - short.dispatches) / 20).toBeLessThanOrEqual(3 + 4);
  },
);
