/** Solver outcomes on the toy problems C and D, against the peers' own runs. */
import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { openToy } from '../../test/toy.ts';
import { initBackend } from '../tf/backend.ts';
import { solve } from './iterate.ts';
import type { IterationRecord, SolverOptions } from './solver.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

async function run(
  scale: number,
  options: Pick<SolverOptions, 'method'> & Partial<SolverOptions>,
): Promise<IterationRecord[]> {
  using toy = openToy(scale);
  const { z, records } = await solve(toy.f, toy.z0, {
    maxIterations: 40,
    tolerance: 0,
    stopMode: 'rel',
    ...options,
  });
  z.dispose();
  return records;
}

/** The relative residual over the whole batch, as locuslab/deq reports it. */
const whole = ({ abs, rel }: IterationRecord): number =>
  Math.hypot(...abs) / Math.hypot(...abs.map((a, i) => a / (rel[i] ?? NaN)));

test.each([
  ['C', 0.45, [0.769, 0.3764, 0.2931, 0.1839, 0.1047, 0.0607, 0.0227, 0.0039]],
  ['D', 0.6, [0.8743, 0.5116, 0.4705, 0.3766, 0.3821, 0.2283, 0.0932, 0.0501]],
])('Broyden on %s follows locuslab/deq', async (_, scale, expected) => {
  const records = await run(scale, { method: 'broyden', history: Infinity });
  for (const [i, value] of expected.entries())
    expect(whole(records[i + 1] as IterationRecord)).toBeCloseTo(value, value < 0.01 ? 4 : 3);
  // In float64 it takes 15 and 18 steps to 1e-8; float32 ends near 1e-7.
  const reached = records.findIndex((record) => whole(record) < 1e-6);
  expect(reached).toBeGreaterThan(0);
  expect(reached).toBeLessThanOrEqual(scale === 0.45 ? 15 : 18);
});

test('Anderson on C follows locuslab/deq', async () => {
  const records = await run(0.45, {
    method: 'anderson',
    history: 6,
    ridge: 1e-4,
    ridgeMode: 'absolute',
  });
  for (const [i, value] of [0.3379, 0.2611, 0.1388, 0.0833, 0.05, 0.0181, 0.005].entries())
    expect(whole(records[i + 2] as IterationRecord)).toBeCloseTo(value, 3);
});

test('Picard settles on C and never on D', async () => {
  const c = await run(0.45, { method: 'picard' });
  const d = await run(0.6, { method: 'picard' });
  expect(whole(c[40] as IterationRecord)).toBeLessThan(2e-3);
  expect(Math.min(...d.map(whole))).toBeGreaterThan(0.5);
});
