import { beforeAll, describe, expect, test } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { pairwise } from '../../test/pairwise.ts';
import { expectInvariants, problems, type Problem } from '../../test/solverInvariants.ts';
import { createRandom } from '../data/random.ts';
import { initBackend } from '../tf/backend.ts';
import * as tf from '../tf/index.ts';
import { solve } from './iterate.ts';
import type { SolverOptions } from './solver.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

/** The problems, and options of a solve with values to try. */
type Grid<Option extends keyof SolverOptions> = Required<Pick<SolverOptions, Option>> & {
  readonly problem: Problem;
};
type CommonOption = 'method' | 'damping' | 'tolerance' | 'stopMode' | 'maxIterations';

// Windows and ranks go by `history`.
const rows = pairwise<
  Grid<CommonOption | 'convention' | 'ridge' | 'history' | 'ridgeMode' | 'lineSearch'>
>({
  problem: problems,
  convention: ['own', 'deq', 'torchdeq', 'mondeq', 'implicit-sequences', 'tutorial'],
  method: ['picard', 'anderson', 'broyden'],
  ridge: [1e-4, 1e-8, 0],
  history: [6, 1, 2, 12],
  tolerance: [1e-6, 1e-3, 0],
  ridgeMode: ['relative', 'absolute'],
  damping: [1, 0.5],
  lineSearch: [false, true],
  stopMode: ['rel', 'abs'],
  maxIterations: [150, 4],
});

test.each(rows.map(({ problem, ...options }) => [problem.what, options, problem] as const))(
  '%s: %o',
  async (_, options, problem) => {
    await expectInvariants(problem, options);
  },
);

// The conventions are those of libraries that have none of these methods. A new kind's options are named here too.
const more = pairwise<
  Grid<
    | CommonOption
    | ('krylov' | 'krylovTolerance' | 'products')
    | ('tableau' | 'errorTolerance' | 'errorUnit' | 'firstStep')
  >
>({
  problem: problems,
  method: ['broyden-dense', 'newton', 'newton-gmres', 'ode'],
  damping: [1, 0.5],
  krylov: [10, 1],
  krylovTolerance: [1e-3, 0],
  products: ['pullback', 'difference'],
  tableau: ['bs3', 'tsit5'],
  errorTolerance: [1e-5, 1e-2],
  errorUnit: ['residual', 'one'],
  firstStep: [0.1, 3],
  tolerance: [1e-6, 1e-3, 0],
  stopMode: ['rel', 'abs'],
  maxIterations: [150, 4],
});

/** Comes by where f of the first problem nearly vanishes, which no pair has to. */
const passing: SolverOptions & { readonly problem: Problem } = {
  problem: problems[0] as Problem,
  ...{ method: 'ode', tableau: 'tsit5', errorTolerance: 1e-5, errorUnit: 'residual' },
  ...{ firstStep: 0.1, tolerance: 1e-6, stopMode: 'rel', maxIterations: 150 },
};

test.each(
  [...more, passing].map(({ problem, ...options }) => [problem.what, options, problem] as const),
)('%s: %o', async (_, options, problem) => {
  await expectInvariants(problem, options);
});

describe('doubling', () => {
  const doubling = problems.find(({ what }) => what === 'doubling') as Problem;
  test.each(['own', 'deq', 'torchdeq', 'mondeq', 'implicit-sequences', 'tutorial'] as const)(
    'is diverged by the rules of %s, and never converged',
    async (convention) => {
      const z0 = tf.tensor([[0, 0, 0, 0]]);
      const { z, status, records } = await solve(doubling.f, z0, {
        ...{ method: 'picard', maxIterations: 200, tolerance: 1e-3, stopMode: 'rel', convention },
      });
      tf.dispose([z0, z]);
      expect(status).toBe('diverged');
      expect(records.at(-1)?.rel[0]).toBeCloseTo(0.5, 3);
    },
  );
});

test.each([0, 1e-10, 1e-8, 1e-6])(
  'Anderson with a ridge of %d finds what one dimension determines',
  async (ridge) => {
    for (const a of [-1.2, -3, 0.5, 7]) {
      const z0 = tf.tensor([[0]]);
      const { z, status, evaluations } = await solve((x) => tf.add(tf.mul(x, a), 1), z0, {
        ...{ method: 'anderson', ridge, maxIterations: 60, tolerance: 1e-5, stopMode: 'rel' },
      });
      expect(status).toBe('converged');
      expect(evaluations).toBeLessThanOrEqual(a === -1.2 ? 4 : 10);
      expect((await z.data())[0]).toBeCloseTo(1 / (1 - a), 4);
      tf.dispose([z0, z]);
    }
  },
);

test('in two dimensions Anderson with a tiny ridge solves every adjoint that Broyden solves', async () => {
  // u = Jᵀu + g with the J = diag(1 − z²) W of forty tanh cells: a batch of forty samples.
  const seeds = 40;
  const random = createRandom(3);
  const values = (count: number, scale: number): number[] =>
    Array.from({ length: seeds * count }, () => scale * random.normal());
  const jacobians = tf.tensor<tf.Rank.R3>(values(4, 1.1), [seeds, 2, 2]);
  const g = tf.tensor<tf.Rank.R2>(values(2, 1), [seeds, 2]);
  const f = (u: tf.Tensor): tf.Tensor =>
    tf.add(tf.squeeze(tf.matMul(tf.expandDims<tf.Tensor3D>(u, 1), jacobians), [1]), g);
  const z0 = tf.zeros([seeds, 2]);
  for (const backward of [
    { method: 'broyden', history: 10 },
    { method: 'anderson', history: 6, ridge: 1e-8 },
    { method: 'anderson', history: 10, ridge: 0 },
  ] as const) {
    const { z, status, records } = await solve(f, z0, {
      ...{ ...backward, maxIterations: 60, tolerance: 1e-5, stopMode: 'rel' },
    });
    z.dispose();
    const unsolved = (records.at(-1)?.rel ?? []).filter((rel) => !(rel < 1e-5));
    expect({ ...backward, status, unsolved }).toEqual({
      ...{ ...backward, status: 'converged', unsolved: [] },
    });
  }
  tf.dispose([jacobians, g, z0]);
});
