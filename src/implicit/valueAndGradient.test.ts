import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { tinyTransformer } from '../../test/tinyModels.ts';
import { openToy, toyProblem } from '../../test/toy.ts';
import { createRandom, normalArray } from '../data/random.ts';
import type { SolverOptions } from '../numerics/solver.ts';
import { initBackend } from '../tf/backend.ts';
import * as tf from '../tf/index.ts';
import { param, type Params } from '../tf/params.ts';
import { jacobianPenalty } from './jacobianPenalty.ts';
import { languageModel } from '../families/language/languageModel.ts';
import { mapOf } from './problem.ts';
import { solveForward, valueAndGradient, type GradientMethod } from './valueAndGradient.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

const tight: SolverOptions = {
  method: 'broyden',
  history: Infinity,
  maxIterations: 60,
  tolerance: 2e-7,
  stopMode: 'rel',
};

/** The loss of a toy problem, with its gradient to W. */
async function gradientOf(
  scale: number,
  gradient: GradientMethod,
): Promise<{ loss: number; w: number[]; status: string | undefined }> {
  using toy = openToy(scale);
  const problem = toyProblem(toy);
  const result = await valueAndGradient(problem, { forward: tight, gradient });
  const w = Array.from(await param(result.gradients, 'w').data());
  tf.dispose([result.gradients, result.forward?.z ?? [], result.backward?.z ?? []]);
  return { loss: result.loss, w, status: result.backward?.status };
}

const norm = (values: readonly number[]): number => Math.hypot(...values);
const errorOf = (found: readonly number[], exact: readonly number[]): number =>
  norm(found.map((x, i) => x - (exact[i] ?? NaN))) / norm(exact);

// Figures of the peers' own code in float64.
test.each([
  ['C', 0.45, 0.977227779, 1.6951554573],
  ['D', 0.6, 1.2137986092, 2.3888847799],
] as const)('implicit gradients of toy %s, by Broyden', async (_, scale, loss, size) => {
  const found = await gradientOf(scale, { kind: 'implicit', solver: tight });
  expect(found.loss).toBeCloseTo(loss, 5);
  expect(norm(found.w)).toBeCloseTo(size, 4);
});

test.each<[string, number, GradientMethod, number]>([
  ['JFB on C', 0.45, { kind: 'one-step' }, 0.566],
  ['JFB on D', 0.6, { kind: 'one-step' }, 0.599],
  ['Neumann, 4 terms, on C', 0.45, { kind: 'neumann', terms: 4 }, 0.198],
  ['Neumann, 4 terms, on D', 0.6, { kind: 'neumann', terms: 4 }, 0.399],
  ['phantom, 5 steps, on C', 0.45, { kind: 'phantom', steps: 5, damping: 1 }, 0.198],
  ['phantom, 5 steps of .5, on D', 0.6, { kind: 'phantom', steps: 5, damping: 0.5 }, 0.265],
  [
    'phantom, 10 steps, on D, where unrolling gets worse',
    0.6,
    { kind: 'phantom', steps: 10, damping: 1 },
    0.702,
  ],
])('%s is off by what the peers found', async (_, scale, method, error) => {
  const exact = await gradientOf(scale, { kind: 'implicit', solver: tight });
  const found = await gradientOf(scale, method);
  expect(errorOf(found.w, exact.w)).toBeCloseTo(error, 2);
});

test('an adjoint that Picard cannot solve, on D, is wrong by a third and says so', async () => {
  const exact = await gradientOf(0.6, { kind: 'implicit', solver: tight });
  expect(exact.status).toBe('converged');
  const found = await gradientOf(0.6, {
    kind: 'implicit',
    solver: { ...tight, method: 'picard', maxIterations: 100, tolerance: 1e-6 },
  });
  expect(found.status).not.toBe('converged');
  expect(errorOf(found.w, exact.w)).toBeGreaterThan(0.1);
});

test('a forward solve starts where it is told', async () => {
  using toy = openToy(0.45);
  const problem = toyProblem(toy);
  const cold = await solveForward(problem, tight);
  const warm = await solveForward(problem, { ...tight, tolerance: 1e-5, initial: cold.z });
  expect(warm.evaluations).toBe(1);
  const again = await valueAndGradient(problem, {
    forward: { ...tight, tolerance: 1e-5 },
    gradient: { kind: 'one-step' },
    initial: cold.z,
  });
  expect(again.forward?.evaluations).toBe(1);
  expect(again.loss).toBeCloseTo(0.977227779, 5);
  // Borrowed: still there.
  expect(cold.z.isDisposed).toBe(false);
  tf.dispose([cold.z, warm.z, again.gradients, again.forward?.z ?? []]);
});

test.each<GradientMethod & { readonly power: number }>([
  { kind: 'implicit', solver: tight, power: 0 },
  { kind: 'implicit', solver: tight, power: 2 },
  { kind: 'one-step', power: 2 },
  { kind: 'phantom', steps: 2, damping: 0.5, power: 2 },
])(
  'the $kind gradient carries the penalty’s after $power power steps, weighted, whatever its tape',
  async ({ power, ...gradient }) => {
    const model = languageModel({ ...tinyTransformer, gain: 0.5 });
    const params = model.initialize(4);
    const rows = { tokens: [[1, 4, 2, 6, 0]], targets: [[4, 2, 6, 0, 3]] };
    const problem = model.problem(params, rows);
    const probe = tf.tensor(normalArray(createRandom(5), 40, 1), [1, 5, 8]);
    const plain = await valueAndGradient(problem, { forward: tight, gradient });
    const weight = 0.7;
    const penalised = await valueAndGradient(problem, {
      ...{ forward: tight, gradient },
      penalty: { weight, probe, power },
    });
    const z = plain.forward?.z as tf.Tensor;
    const alone = await jacobianPenalty(mapOf(problem), params, z, { probe, power });
    expect(penalised.penalty).toBeCloseTo(alone.value, 4);
    const flat = async (of: Params): Promise<number[]> => {
      const all = await Promise.all(Object.keys(params).map((name) => param(of, name).data()));
      return all.flatMap((values) => Array.from(values));
    };
    const [before, after, exact] = await Promise.all(
      [plain.gradients, penalised.gradients, alone.gradients].map(flat),
    );
    const added = (after ?? []).map((x, i) => (x - (before?.[i] ?? NaN)) / weight);
    expect(errorOf(added, exact ?? [])).toBeLessThan(0.02);
    for (const found of [plain, penalised])
      tf.dispose([found.gradients, found.forward?.z ?? [], found.backward?.z ?? []]);
    tf.dispose([params, probe, alone.gradients]);
  },
);
