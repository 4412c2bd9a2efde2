/** Root finders on plain numbers against the same ones on tensors. */
import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../../test/leaks.ts';
import { openToy } from '../../../test/toy.ts';
import { initBackend } from '../../tf/backend.ts';
import * as tf from '../../tf/index.ts';
import { solve } from '../iterate.ts';
import { plainMethod } from '../options.ts';
import type { SolverOptions } from '../solver.ts';
import { solvePlain, type PlainMap } from './solve.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

const common: SolverOptions = {
  method: 'picard',
  maxIterations: 40,
  tolerance: 1e-4,
  stopMode: 'rel',
};

const cases: readonly Partial<SolverOptions>[] = [
  { method: 'picard' },
  { method: 'picard', damping: 0.7 },
  { method: 'anderson' },
  { method: 'anderson', window: 1, damping: 0.8 },
  { method: 'anderson', window: 3, damping: 0.5, stopMode: 'abs' },
  { method: 'anderson', ridge: 1e-4, ridgeMode: 'absolute' },
  { method: 'broyden', history: Infinity },
  { method: 'broyden', rank: 3 },
  { method: 'broyden', rank: 1, stopMode: 'abs' },
  { method: 'broyden', maxIterations: 4 },
  { method: 'broyden', maxIterations: 0 },
];

test.each(cases)('%o', async (change) => {
  const options = { ...common, ...change };
  using toy = openToy(0.45);
  const rows = (await toy.x.array()) as number[][];
  const weights = (await toy.w.array()) as number[][];
  for (const [i, row] of rows.entries()) {
    const x = tf.tensor([row]);
    const z0 = tf.zeros([1, row.length]);
    const w = toy.w as tf.Tensor2D;
    const expected = await solve(
      (z) => tf.tanh(tf.add(tf.matMul(z as tf.Tensor2D, w, false, true), x)),
      z0,
      options,
    );
    const f: PlainMap = (z, out) => {
      for (const [j, entries] of weights.entries())
        out[j] = Math.tanh(entries.reduce((sum, w, k) => sum + w * (z[k] ?? 0), row[j] ?? 0));
    };
    const method = plainMethod(options);
    if (!method) throw new Error('There is no such method on plain numbers.');
    const found = solvePlain(f, new Float64Array(row.length), method, options);
    expect(found.status, `row ${i}`).toBe(expected.status);
    expect(found.evaluations).toBe(expected.evaluations);
    for (const [at, record] of expected.records.entries()) {
      const value = record[options.stopMode][0] ?? NaN;
      // The records before one decide what it is: round-off grows along the way.
      expect(Math.abs((found.residuals[at] ?? NaN) - value)).toBeLessThan(1e-3 * value + 2e-6);
    }
    const z = await expected.z.data();
    for (const [j, value] of z.entries()) expect(found.z[j]).toBeCloseTo(value, 4);
    tf.dispose([x, z0, expected.z]);
  }
});

test('the end is said in the same words: no number, blown up', () => {
  const picard = plainMethod(common);
  const run = (factor: number): string =>
    solvePlain(
      (z, out) => {
        for (let i = 0; i < out.length; i++) out[i] = factor * (z[i] ?? 0) + 1;
      },
      new Float64Array(3),
      picard ?? { start: () => () => undefined },
      { ...common, maxIterations: 400, stopMode: 'abs' },
    ).status;
  expect(run(NaN)).toBe('nonfinite');
  expect(run(3)).toBe('diverged');
  expect(run(0.5)).toBe('converged');
});

test('a history that has collapsed takes Picard steps instead of dividing by nothing', () => {
  // f is constant: after one step every difference of residuals is that of the first move.
  for (const method of ['anderson', 'broyden'] as const) {
    const options = { ...common, method, tolerance: 0, maxIterations: 12 };
    const { z } = solvePlain(
      (_, out) => out.fill(2),
      new Float64Array(4),
      plainMethod(options) ?? { start: () => () => undefined },
      options,
    );
    expect([...z]).toEqual([2, 2, 2, 2]);
  }
});

test('what is done on tensors alone is not had', () => {
  expect(plainMethod({ ...common, method: 'newton' })).toBeUndefined();
  expect(plainMethod({ ...common, method: 'broyden', lineSearch: true })).toBeUndefined();
  expect(plainMethod({ ...common, convention: 'torchdeq' })).toBeUndefined();
});
