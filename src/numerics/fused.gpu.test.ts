/** Fused solvers on the GPU against those of reference operations on the CPU. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { onGpu } from '../../test/onGpu.ts';
import { expectInvariants, problems, throughZero } from '../../test/solverInvariants.ts';
import { wave } from '../../test/wave.ts';
import { linear } from '../ops/linear.ts';
import { onCpu } from '../tf/backend.ts';
import { GpuCounters } from '../tf/counters.ts';
import { subgroupSize } from '../tf/device.ts';
import { setFused, setSubgroups } from '../tf/fused.ts';
import * as tf from '../tf/index.ts';
import { iterate, solve, type Solution } from './iterate.ts';
import type { FixedPointMap, IterationRecord, SolverOptions } from './solver.ts';

onGpu();

const base: SolverOptions = {
  method: 'picard',
  maxIterations: 14,
  tolerance: 0,
  stopMode: 'rel',
};

/** A map, where it starts, and how both are freed. */
interface Start {
  readonly f: FixedPointMap;
  readonly z0: tf.Tensor;
  readonly free: () => void;
}

/** `z ↦ tanh(z W + b)` from zero, with W of about that gain: the samples differ by b. */
function layer(batch: number, n: number, gain: number): Start {
  const w = tf.tidy(() => tf.mul(wave([n, n], 1.37), (gain * 1.6) / Math.sqrt(n)));
  const add = wave([batch, n], 0.71);
  const z0 = tf.zeros([batch, n]);
  return {
    f: (z) => linear(z, w, { add, activation: 'tanh' }),
    z0,
    free: () => {
      tf.dispose([w, add, z0]);
    },
  };
}

/** Any map, from a point of one number throughout. */
const from =
  (f: FixedPointMap, shape: number[], value = 0) =>
  (): Start => {
    const z0 = tf.fill(shape, value);
    return {
      f,
      z0,
      free: () => {
        z0.dispose();
      },
    };
  };

interface Outcome extends Omit<Solution, 'z'> {
  readonly values: Float32Array;
}

async function solved(open: () => Start, options: SolverOptions): Promise<Outcome> {
  const { f, z0, free } = open();
  const { z, ...rest } = await solve(f, z0, options);
  const values = (await z.data()).slice() as Float32Array;
  z.dispose();
  free();
  return { ...rest, values };
}

const fusedSolve = (open: () => Start, options: SolverOptions): Promise<Outcome> => {
  setFused(true);
  return solved(open, options);
};

const referenceSolve = (open: () => Start, options: SolverOptions): Promise<Outcome> => {
  setFused(false);
  return onCpu(() => solved(open, options));
};

const untimed = (records: readonly IterationRecord[]): object[] =>
  records.map((record) => ({ ...record, milliseconds: 0, together: 0 }));

const sizes = [
  [1, 1],
  [2, 3],
  [3, 63],
  [3, 64],
  [1, 129],
] as const;

/** Each method at every size, and its variants, whose vectors are the same, at one. */
const methods: readonly (readonly [Partial<SolverOptions>, readonly (readonly number[])[]])[] = [
  [{ method: 'picard' }, sizes],
  [{ method: 'picard', damping: 0.6 }, [[3, 63]]],
  [{ method: 'anderson' }, sizes],
  [{ method: 'anderson', history: 1, damping: 0.5 }, [[3, 63]]],
  [{ method: 'anderson', history: 3, damping: 0.7, ridgeMode: 'absolute' }, [[3, 63]]],
  [{ method: 'broyden' }, sizes],
  [{ method: 'broyden', history: 1 }, [[3, 63]]],
  [{ method: 'broyden', history: 3 }, [[3, 63]]],
  [{ method: 'broyden', history: Infinity }, [[3, 63]]],
];

/** With sums by subgroups and without, where a method makes its sums by them. */
const ways = methods.flatMap(([method, tried]) =>
  (method.method === 'broyden' ? [true, false] : [false]).map(
    (subgroups) => [{ ...method, subgroups }, tried] as const,
  ),
);

afterEach(() => {
  setSubgroups(true);
});

test('the device has the subgroups of its adapter', async () => {
  const adapter = await navigator.gpu.requestAdapter();
  if (adapter?.features.has('subgroups')) expect(subgroupSize()).toBe(adapter.info.subgroupMinSize);
  else expect(subgroupSize()).toBe(0);
});

describe.each(ways)('%o', ({ subgroups, ...method }, tried) => {
  beforeEach(() => {
    setSubgroups(subgroups);
  });

  test.each(tried)(
    'batch %i, n = %i: the records and points of the reference',
    async (batch = 0, n = 0) => {
      const open = (): Start => layer(batch, n, 0.9);
      const options = { ...base, ...method };
      const fused = await fusedSolve(open, options);
      const again = await fusedSolve(open, options);
      const reference = await referenceSolve(open, options);
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
    },
  );

  test('makes the same records and solution stepped and at full speed', async () => {
    const options = { ...base, ...method, maxIterations: 30, tolerance: 1e-3 };
    const fast = await fusedSolve(() => layer(3, 12, 0.8), options);
    const { f, z0, free } = layer(3, 12, 0.8);
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
    free();
    expect(untimed(records)).toEqual(untimed(fast.records));
    expect(values).toEqual(fast.values);
    expect(looked).toBe(records.length);
    expect(fast.evaluations - looked).toBeLessThan(4);
  });

  test('a sample solved alone gives the bits it gives in a batch', async () => {
    const options = { ...base, ...method, maxIterations: 25, tolerance: 1e-3 };
    const all = await fusedSolve(() => layer(3, 8, 0.9), options);
    // The middle row, f of the others left out.
    const alone = await fusedSolve(() => {
      const { f, z0, free } = layer(3, 8, 0.9);
      const start = tf.zeros([1, 8]);
      return {
        f: (z) =>
          tf.slice(f(tf.concat([tf.zeros([1, 8]), z, tf.zeros([1, 8])], 0)), [1, 0], [1, 8]),
        z0: start,
        free: () => {
          free();
          tf.dispose([z0, start]);
        },
      };
    }, options);
    expect(alone.values).toEqual(all.values.slice(8, 16));
  });

  test('stops, and frees everything, midway', async () => {
    setFused(true);
    const { f, z0, free } = layer(2, 8, 0.9);
    const solving = iterate(f, z0, { ...base, ...method }, (standing) => {
      tf.dispose([standing.best(), standing.newest()]);
    });
    await solving.next();
    await solving.next(4);
    await solving.next(4);
    await solving.return(undefined as never);
    free();
  });

  test('a map that blows up or makes NaN is a verdict', async () => {
    const options = { ...base, ...method, maxIterations: 40 };
    const grows = await fusedSolve(
      from((z) => tf.mul(tf.square(z), 50), [2, 4], 1),
      options,
    );
    expect(['diverged', 'nonfinite', 'max-iterations']).toContain(grows.status);
    const nan = await fusedSolve(
      from((z) => tf.mul(z, NaN), [2, 4], 1),
      options,
    );
    expect(nan.status).toBe('nonfinite');
    expect([...nan.values]).toEqual(Array(8).fill(1));
    const same = await fusedSolve(
      from((z) => z, [2, 4], 1),
      options,
    );
    expect(same.records[0]?.abs).toEqual([0, 0]);
  });
});

test('more pairs than a subgroup has registers for: the records of sums by parts', async () => {
  const options = { ...base, method: 'broyden', history: 40, maxIterations: 24 } as const;
  const [byBoth, byParts] = [true, false].map((subgroups) => async () => {
    setSubgroups(subgroups);
    using counter = new GpuCounters();
    const { records } = await fusedSolve(() => layer(2, 64, 1.6), options);
    return { records, dispatches: counter.sample().dispatches };
  });
  const both = await byBoth?.();
  const parts = await byParts?.();
  // A dispatch less in most of the first iterations, and no more in the others.
  if (subgroupSize() > 0)
    expect((parts?.dispatches ?? 0) - (both?.dispatches ?? 0)).toBeGreaterThanOrEqual(10);
  let compared = 0;
  for (const [k, { rel }] of (parts?.records ?? []).entries())
    for (const [sample, theirs] of rel.entries()) {
      if (!(theirs > 1e-3)) continue;
      if (k > 14) compared++;
      const ours = both?.records[k]?.rel[sample] ?? NaN;
      expect(Math.abs(ours - theirs) / theirs, `iteration ${k}`).toBeLessThan(0.05);
    }
  expect(compared).toBeGreaterThan(4);
});

const events = ({ records }: Outcome): unknown[] => records.map(({ event }) => event);

test('a singular Anderson system and a vanishing denominator take Picard steps and say so', async () => {
  for (const method of ['anderson', 'broyden'] as const) {
    const options = { ...base, method, ridge: 0, maxIterations: 4 };
    // The residual never changes.
    const open = from((z) => tf.add(z, 1), [1, 2]);
    const fused = await fusedSolve(open, options);
    const reference = await referenceSolve(open, options);
    expect(events(fused)).toEqual(events(reference));
    expect(events(fused).filter(Boolean).length).toBeGreaterThan(1);
  }
});

test.each([
  ['picard', 'rel'],
  ['anderson', 'rel'],
  ['anderson', 'abs'],
  ['broyden', 'rel'],
] as const)(
  '%s, %s: no norm leaves its range, whatever the scale of the problem',
  async (method, stopMode) => {
    setFused(true);
    for (const problem of problems)
      await expectInvariants(problem, {
        ...{ method, stopMode, ridge: 1e-8, maxIterations: 45, tolerance: 1e-4 },
      });
  },
);

test('a z that doubles is diverged, and one dimension is solved whatever the ridge', async () => {
  const doubling = { ...base, maxIterations: 200, tolerance: 1e-3 };
  const fled = await fusedSolve(
    from((z) => tf.add(tf.mul(z, 2), 1), [1, 4]),
    doubling,
  );
  expect(fled.status).toBe('diverged');
  for (const ridge of [0, 1e-8, 1e-6]) {
    const options = { ...base, method: 'anderson', maxIterations: 60, tolerance: 1e-5 } as const;
    const { status, records } = await fusedSolve(
      from((z) => tf.add(tf.mul(z, -1.2), 1), [1, 4]),
      { ...options, ridge },
    );
    expect(status).toBe('converged');
    expect(records.length).toBeLessThanOrEqual(6);
  }
});

test.each(['picard', 'anderson', 'broyden'] as const)(
  '%s: a sample whose f(z) is 0 on the way has not diverged, and is not held there',
  async (method) => {
    const options = { ...base, ...{ method, damping: 0.5, tolerance: 1e-5, maxIterations: 60 } };
    const { status, records, values } = await fusedSolve(from(throughZero.f, [2, 1]), options);
    expect(Math.max(...records.map(({ rel }) => rel[1] ?? NaN))).toBeGreaterThan(1e8);
    expect(status).toBe('converged');
    expect(values[1]).toBeCloseTo(1 / 3, 4);
  },
);

test('full histories are marked where the reference marks them', async () => {
  for (const method of ['anderson', 'broyden'] as const)
    for (const history of [1, 2, 5]) {
      const options = { ...base, method, history };
      const open = (): Start => layer(1, 16, 0.9);
      const [fused, reference] = [
        await fusedSolve(open, options),
        await referenceSolve(open, options),
      ];
      expect(events(fused)).toEqual(events(reference));
    }
});

test('a stall is seen, at most three evaluations late, and moves no further at full speed', async () => {
  const options = { ...base, tolerance: 1e-3, stopMode: 'abs', maxIterations: 60 } as const;
  // A residual that stays between one and three times the tolerance.
  const { status, records, evaluations } = await fusedSolve(
    from((z) => tf.add(tf.mul(z, 1), 1e-3), [1, 4]),
    options,
  );
  expect(status).toBe('stalled');
  expect(evaluations - records.length).toBeLessThan(4);
  // A second sample goes on: the first is held from the record that says so, at any pace.
  const rates = tf.tensor([[1], [0.99]]);
  const added = tf.tensor([[1.5e-3], [1]]);
  const pair: FixedPointMap = (z) => tf.add(tf.mul(z, rates), added);
  const fast = await fusedSolve(from(pair, [2, 1]), options);
  const z0 = tf.zeros([2, 1]);
  const stepping = iterate(pair, z0, options);
  let step = await stepping.next();
  while (step.done !== true) step = await stepping.next();
  expect(fast.values).toEqual(await step.value.z.data());
  expect(untimed(fast.records)).toEqual(untimed(step.value.records));
  tf.dispose([step.value.z, z0, rates, added]);
});

test.each([
  ['picard', false, 3],
  ['anderson', false, 3],
  ['broyden', false, 3],
  ['broyden', true, 2],
] as const)(
  '%s, by subgroups: %s: read-backs of a full-speed solve, and %i dispatches beside f',
  async (method, subgroups, beside) => {
    setFused(true);
    setSubgroups(subgroups);
    const { f, z0, free } = layer(2, 16, 0.9);
    const count = async (
      maxIterations: number,
    ): Promise<{ dispatches: number; readbacks: number }> => {
      using counter = new GpuCounters();
      const { z } = await solve(f, z0, { ...base, method, history: 5, maxIterations });
      const { dispatches, readbacks } = counter.sample();
      z.dispose();
      return { dispatches, readbacks };
    };
    const [short, long] = [await count(8), await count(28)];
    free();
    expect(long.readbacks).toBeLessThanOrEqual(28 / 4 + 1);
    expect(short.readbacks).toBeLessThanOrEqual(8 / 4 + 1);
    // f is one dispatch here.
    const each = subgroups && subgroupSize() === 0 ? beside + 1 : beside;
    expect((long.dispatches - short.dispatches) / 20).toBeLessThanOrEqual(1 + each);
  },
);
