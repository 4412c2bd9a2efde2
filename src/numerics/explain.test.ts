import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { openToy } from '../../test/toy.ts';
import { initBackend } from '../tf/backend.ts';
import { explainStep } from './explain.ts';
import { solve } from './iterate.ts';
import type { ConventionName } from './conventions/settings.ts';
import type { SolverOptions } from './solver.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

const conventions: readonly ConventionName[] = [
  'own',
  'deq',
  'torchdeq',
  'mondeq',
  'implicit-sequences',
  'tutorial',
];
const { signal } = new AbortController();

// The two samples converge at rates of their own, so whose residual decides makes a difference.
test.each(
  conventions.flatMap((convention) =>
    (['picard', 'anderson', 'broyden'] as const).map((method) => ({ convention, method })),
  ),
)(
  'each step of $method by the rules of $convention is the one that was recorded',
  async (given) => {
    using toy = openToy(0.45);
    const options: SolverOptions = {
      ...given,
      ...{ maxIterations: 40, tolerance: 1e-3, stopMode: 'rel' },
      ...(given.method === 'picard' ? { damping: 0.7 } : {}),
    };
    const { z, records } = await solve(toy.f, toy.z0, options);
    z.dispose();
    const last = records.length - 1;
    expect(last).toBeGreaterThan(3);
    for (const iteration of [0, 1, 2, last - 1]) {
      for (const sample of [0, 1]) {
        const step = await explainStep(toy.f, toy.z0, options, { iteration, sample, signal });
        const [at, then] = [records[iteration], records[iteration + 1]];
        expect([step?.residual, step?.relative, step?.next]).toEqual([
          at?.abs[sample],
          at?.rel[sample],
          then?.abs[sample],
        ]);
        expect(step?.evaluations).toBe(1);
        if (given.method === 'anderson' && iteration > 0)
          expect(step?.mixing?.at(-1)?.iteration).toBe(iteration);
      }
    }
    // From where the solve ended there is no step.
    const none = await explainStep(toy.f, toy.z0, options, { iteration: last, sample: 0, signal });
    expect(none).toBeUndefined();
  },
);

test('lengths are of the sample, or of the batch where the norms are over the batch', async () => {
  using toy = openToy(0.45);
  const options = { method: 'picard', maxIterations: 9, tolerance: 1e-6, stopMode: 'rel' } as const;
  const at = (convention: ConventionName, sample: number) =>
    explainStep(toy.f, toy.z0, { ...options, convention }, { iteration: 2, sample, signal });
  const [first, second, whole] = [await at('own', 0), await at('own', 1), await at('deq', 0)];
  for (const key of ['pull', 'image', 'size', 'step'] as const)
    expect(whole?.[key]).toBeCloseTo(Math.hypot(first?.[key] ?? NaN, second?.[key] ?? NaN), 6);
  expect(first?.pull).toBe(first?.residual);
});

test('under a convention that measures the damped step, what the layer pulls is told apart', async () => {
  using toy = openToy(0.45);
  const options: SolverOptions = {
    ...{ method: 'picard', maxIterations: 9, tolerance: 1e-6, stopMode: 'rel' },
    ...{ damping: 0.5, convention: 'torchdeq' },
  };
  const step = await explainStep(toy.f, toy.z0, options, { iteration: 3, sample: 0, signal });
  expect(step?.residual).toBeCloseTo(0.5 * (step?.pull ?? NaN), 6);
  expect(step?.step).toBeCloseTo(step?.residual ?? NaN, 6);
});

test('dense Broyden’s step shows the matrix that made it', async () => {
  using toy = openToy(0.45);
  const options: SolverOptions = {
    ...{ method: 'broyden-dense', maxIterations: 9, tolerance: 0, stopMode: 'rel' },
  };
  const of = async (iteration: number): Promise<Float32Array> => {
    const step = await explainStep(toy.f, toy.z0, options, { iteration, sample: 0, signal });
    expect(step?.inverse?.rows).toBe(16);
    return step?.inverse?.data ?? new Float32Array();
  };
  const identity = Float32Array.from({ length: 256 }, (_, i) => (i % 17 === 0 ? -1 : 0));
  expect((await of(0)).map((x) => x + 0)).toEqual(identity);
  expect(await of(3)).not.toEqual(identity);
});
