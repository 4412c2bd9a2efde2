import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { openToy, toyProblem } from '../../test/toy.ts';
import { flowMaps } from '../numerics/flowMaps.ts';
import type { Maps } from '../numerics/maps.ts';
import type { SolverOptions } from '../numerics/solver.ts';
import { initBackend } from '../tf/backend.ts';
import * as tf from '../tf/index.ts';
import { param } from '../tf/params.ts';
import type { EquilibriumProblem } from './problem.ts';
import { shineDirection, shineLimit } from './shine.ts';
import {
  valueAndGradient,
  type GradientMethod,
  type ValueAndGradient,
} from './valueAndGradient.ts';

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

/**
 * z = A z + b for two samples of three numbers, with A = −1.5 w wᵀ and b along w = (1, 2, −2) / 3: the first step is
 * along w, so that its one pair is all there is to learn. The loss has a direction of its own for each sample.
 */
const linear = (): EquilibriumProblem & Disposable => {
  const w = [1 / 3, 2 / 3, -2 / 3];
  const a = tf.tensor<tf.Rank.R2>(w.map((x) => w.map((y) => -1.5 * x * y)));
  const b = tf.tensor<tf.Rank.R2>([3, -0.6].map((size) => w.map((x) => size * x)));
  const weights = tf.tensor<tf.Rank.R2>([
    [1, 0.5, -2],
    [0.3, -1, 1],
  ]);
  return {
    params: { a, b },
    inject: (p) => tf.clone(param(p, 'b')),
    f: (p, x, z) =>
      tf.add(tf.matMul(z as tf.Tensor2D, param(p, 'a') as tf.Tensor2D, false, true), x),
    loss: (_, z) => tf.sum(tf.mul(z, weights)),
    initialState: () => tf.zeros([2, 3]),
    [Symbol.dispose]: () => {
      tf.dispose([a, b, weights]);
    },
  };
};

interface Found extends Omit<ValueAndGradient, 'gradients'> {
  readonly gradient: number[];
}

async function found(
  problem: EquilibriumProblem,
  gradient: GradientMethod,
  forward: SolverOptions = tight,
): Promise<Found> {
  const { gradients, ...rest } = await valueAndGradient(problem, { forward, gradient });
  const values = await Promise.all(
    Object.keys(problem.params).map((name) => param(gradients, name).data()),
  );
  tf.dispose([gradients, rest.forward?.z ?? [], rest.backward?.z ?? []]);
  return { ...rest, gradient: values.flatMap((each) => [...each]) };
}

const errorOf = (of: readonly number[], exact: readonly number[]): number =>
  Math.hypot(...of.map((x, i) => x - (exact[i] ?? NaN))) / Math.hypot(...exact);

test('SHINE is exact once Broyden has learnt all of a linear map, and the Jacobian-free gradient is not', async () => {
  using problem = linear();
  const exact = await found(problem, { kind: 'implicit', solver: tight });
  const shine = await found(problem, { kind: 'shine' });
  expect(shine.backward).toBeUndefined();
  expect(shine.forward?.status).toBe('converged');
  expect(errorOf(shine.gradient, exact.gradient)).toBeLessThan(1e-4);
  const free = await found(problem, { kind: 'one-step' });
  expect(errorOf(free.gradient, exact.gradient)).toBeGreaterThan(0.1);
});

test('a seeded adjoint finds the plain one’s gradient by fewer products, on two toys', async () => {
  for (const scale of [0.45, 0.6]) {
    using toy = openToy(scale);
    const problem = toyProblem(toy);
    const solver = { ...tight, tolerance: 1e-5 };
    const plain = await found(problem, { kind: 'implicit', solver });
    const seeded = await found(problem, { kind: 'implicit', solver, seeded: true });
    expect([plain.backward?.status, seeded.backward?.status]).toEqual(['converged', 'converged']);
    expect(seeded.backward?.evaluations).toBeLessThan(plain.backward?.evaluations ?? 0);
    expect(errorOf(seeded.gradient, plain.gradient)).toBeLessThan(1e-4);
  }
});

test('a seed fills what the rank limit lets it, and drops its oldest pairs first', async () => {
  using toy = openToy(0.45);
  const problem = toyProblem(toy);
  const exact = await found(problem, { kind: 'implicit', solver: tight });
  const { rank, ...solver } = { ...tight, tolerance: 1e-5, rank: 4 };
  const short = await found(problem, {
    kind: 'implicit',
    solver: { ...solver, history: rank },
    seeded: true,
  });
  expect(short.backward?.records[1]?.event).toBeUndefined();
  expect(errorOf(short.gradient, exact.gradient)).toBeLessThan(1e-3);
});

test('after a forward solve that learns nothing a seeded adjoint is the plain one', async () => {
  using toy = openToy(0.45);
  const problem = toyProblem(toy);
  const forward = { ...tight, method: 'anderson', window: 5 } as const;
  const plain = await found(problem, { kind: 'implicit', solver: tight }, forward);
  const seeded = await found(problem, { kind: 'implicit', solver: tight, seeded: true }, forward);
  expect(seeded.gradient).toEqual(plain.gradient);
  expect(seeded.backward?.evaluations).toBe(plain.backward?.evaluations);
});

test('SHINE says which forward solve it needs', async () => {
  using toy = openToy(0.45);
  const run = found(toyProblem(toy), { kind: 'shine' }, { ...tight, method: 'anderson' });
  await expect(run).rejects.toThrow(/SHINE .* forward solve by Broyden/);
});

test('SHINE says so too where the forward solve is of another map than f, and frees that', async () => {
  using toy = openToy(0.45);
  const problem = toyProblem(toy);
  let open = 0;
  const solvedBy = (maps: Maps, name: string): EquilibriumProblem => ({
    ...problem,
    solvedBy: {
      open: () => ({
        forward: () => {
          open++;
          const dispose = (): void => {
            open--;
          };
          return { ...(maps[name] ?? maps.plain)(), dispose };
        },
        [Symbol.dispose]: () => undefined,
      }),
    },
  });
  const maps = flowMaps(toy.f, () => problem.initialState());
  const plain = await found(problem, { kind: 'shine' });
  const mapped = await found(solvedBy(maps, 'plain'), { kind: 'shine' });
  expect(mapped.gradient).toEqual(plain.gradient);
  const run = found(solvedBy(maps, 'damped'), { kind: 'shine' });
  await expect(run).rejects.toThrow(/SHINE .* of f itself/);
  expect(open).toBe(0);
});

test('without pairs, and where they are no use, SHINE is dL/dz', async () => {
  const dz = tf.tensor<tf.Rank.R2>([
    [1, 2, 2],
    [0, 3, 4],
    [1, 0, 0],
  ]);
  // The first sample's u is just short enough, the second's too long, the third's no number.
  const short = shineLimit / 3;
  const along = [short, shineLimit, NaN];
  const u = tf.tensor<tf.Rank.R3>(along.map((size) => [[size, size, size]]));
  const v = tf.tensor<tf.Rank.R3>([[[-1, 0, 0]], [[-1, 0, 0]], [[-1, 0, 0]]]);
  const plain = shineDirection(dz, undefined);
  expect([...(await plain.data())]).toEqual([...(await dz.data())]);
  const shine = shineDirection(dz, { u, v });
  const rows = [...(await shine.data())];
  expect(rows[0]).toBeCloseTo(1 + 5 * short, 4);
  expect(rows.slice(1, 3)).toEqual([2, 2]);
  expect(rows.slice(3)).toEqual([0, 3, 4, 1, 0, 0]);
  tf.dispose([dz, u, v, plain, shine]);
});
