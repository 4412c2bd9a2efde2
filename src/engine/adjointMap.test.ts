/** Adjoint solves iterate the map of the forward solve, where the family has its adjoint. */
import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { changeSetting, defaultExperiment, type Experiment } from '../schema/experiment.ts';
import type { FieldPath } from '../schema/fields.ts';
import { initBackend } from '../tf/backend.ts';
import { turnOf } from './serve.ts';
import { createSession } from './session.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

const setup = (changes: Partial<Record<FieldPath, unknown>>): Experiment =>
  Object.entries(changes).reduce(
    (so, [path, value]) => changeSetting(so, path as FieldPath, value).experiment,
    defaultExperiment,
  );

const common = {
  ...{ 'problem.family': 'monotone', 'monotone.weights': 'random', 'monotone.hidden': 8 },
  ...{ 'monotone.gain': 4, 'solver.maxIterations': 200, 'solver.tolerance': 1e-5 },
  ...{ 'backward.solver': 'picard', 'backward.tolerance': 1e-4, 'backward.maxIterations': 60 },
} as const;

test('a splitting’s adjoint converges where that of f itself does not', async () => {
  const ends: string[] = [];
  const metered: (string | undefined)[] = [];
  const session = createSession(() => undefined);
  await session.boot(turnOf(), 'cpu');
  for (const changes of [
    { 'solver.map': 'peaceman-rachford', 'solver.method': 'picard' },
    { 'solver.map': 'plain', 'solver.method': 'anderson' },
  ] as const) {
    const experiment = setup({ ...common, ...changes });
    await session.configure(turnOf(), experiment);
    expect((await session.run(turnOf(), 'forward')).status).toBe('converged');
    await session.openBackward(turnOf(), experiment.backward);
    ends.push((await session.run(turnOf(), 'backward')).status);
    const { rows, reference } = await session.compareGradients(turnOf(), experiment.backward);
    expect(reference).toBe('dense');
    const implicit = rows.find(({ kind }) => kind === 'implicit');
    metered.push(implicit?.status);
    if (implicit?.status === 'converged') expect(implicit.relativeError).toBeLessThan(2e-4);
  }
  // Frees all of it.
  await session.check(turnOf(), []);
  expect(ends[0]).toBe('converged');
  expect(ends[1]).not.toBe('converged');
  expect(metered).toEqual(ends);
});
