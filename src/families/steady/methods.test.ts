/** The rows of sinclair and fastdeq that only their own methods have. */
import { beforeAll, describe, expect, test } from 'vitest';
import fastdeq from '../../../test/golden/families/fastdeq.json';
import sinclair from '../../../test/golden/families/sinclair.json';
import { largestGap, relativeL2 } from '../../../test/familyGolden.ts';
import { failOnLeaks } from '../../../test/leaks.ts';
import { openAdjoint } from '../../implicit/adjoint.ts';
import { skipLoss, withSkipLoss, withStart, type StartRule } from '../../implicit/start.ts';
import { valueAndGradient } from '../../implicit/valueAndGradient.ts';
import { broydenDense } from '../../numerics/broydenDense/broydenDense.ts';
import { iterateBy } from '../../numerics/iterate.ts';
import { solveMap } from '../../numerics/iterateMap.ts';
import type { Method } from '../../numerics/method.ts';
import { gmres } from '../../numerics/newtonGmres/gmres.ts';
import { newtonGmres } from '../../numerics/newtonGmres/newtonGmres.ts';
import { newton } from '../../numerics/newton/newton.ts';
import { ode } from '../../numerics/ode/ode.ts';
import { openProducts, type Linearize } from '../../numerics/products.ts';
import type { FixedPointMap, IterationRecord, SolverOptions } from '../../numerics/solver.ts';
import { steppingMethod, type LookedInto } from '../../numerics/steppingMethod.ts';
import { initBackend } from '../../tf/backend.ts';
import * as tf from '../../tf/index.ts';
import { steadyGolden } from './golden.ts';
import type { SteadyProblem } from './problem.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

/** Points and records of `steps` steps from zeros, none of them held. */
async function follow(
  f: FixedPointMap,
  z0: tf.Tensor,
  method: (linearize: Linearize) => Method,
  steps: number,
  look: (stepper: LookedInto, k: number) => Promise<void> = () => Promise.resolve(),
): Promise<{ points: number[][]; records: IterationRecord[]; largest: number[] }> {
  const options: SolverOptions = {
    method: 'picard',
    maxIterations: steps,
    tolerance: 0,
    stopMode: 'abs',
  };
  let stepper: LookedInto | undefined;
  const points: number[][] = [];
  const largest: number[] = [];
  const records: IterationRecord[] = [];
  const solving = iterateBy(f, z0, options, (flat, start) => () => {
    stepper = steppingMethod(
      method((z, by) => openProducts(flat, z, by)),
      flat,
      start,
      options,
    );
    return stepper;
  });
  for (let k = 0; ; k++) {
    const step = await solving.next();
    if (step.done === true) {
      step.value.z.dispose();
      return { points, records, largest };
    }
    records.push(step.value);
    if (!stepper) throw new Error('no stepper');
    const { z, g } = stepper.state();
    points.push(Array.from(await z.data()));
    largest.push(Math.max(...Array.from(await g.data(), Math.abs)));
    await look(stepper, k);
  }
}

/** f of a problem with its injection; free both at the end. */
function opened(
  file: unknown,
  name?: string,
): Disposable & {
  readonly problem: SteadyProblem;
  readonly f: FixedPointMap;
  readonly z0: tf.Tensor;
} {
  const { problem, probe } = steadyGolden.open(file, name);
  const injection = tf.tidy(() => problem.inject(problem.params));
  const z0 = problem.initialState();
  return {
    problem,
    z0,
    f: (z) => problem.f(problem.params, injection, z),
    [Symbol.dispose]: () => {
      tf.dispose([problem.params, probe, injection, z0]);
    },
  };
}

const norm = (numbers: readonly number[]): number => Math.hypot(...numbers);
const minus = (a: readonly number[], b: readonly number[]): number[] =>
  a.map((x, i) => x - (b[i] ?? NaN));
/** Entries of `found` within a share of those of `right`, while those are over a share of the first. */
function expectTrace(
  found: readonly number[],
  right: readonly number[],
  share: number,
  floor = 0,
): void {
  for (const [k, value] of right.entries())
    if (value > floor)
      expect(Math.abs((found[k] ?? NaN) / value - 1), `entry ${String(k)}`).toBeLessThan(share);
}

describe('dense Broyden', () => {
  const rows = (['tanh', 'unit'] as const).flatMap((name) =>
    (['alpha_0.5', 'alpha_1'] as const).map((row) => ({ name, row })),
  );

  test.each(rows)('$name, $row: iterates, B and counts', async ({ name, row }) => {
    using open = opened(sinclair, name);
    const right = sinclair.cases[name].dense_broyden[row];
    const matrices: number[][] = [];
    const steps = right.step_norms.length;
    const { points, records } = await follow(
      open.f,
      open.z0,
      () => broydenDense({ damping: right.alpha }),
      steps,
      async (stepper) => {
        const method = broydenDense({ damping: right.alpha });
        const matrix = tf.tidy(() => method.inside?.(stepper.state() as never).matrix ?? []);
        if (Array.isArray(matrix)) throw new Error('no matrix');
        matrices.push(Array.from(await matrix.data()));
        matrix.dispose();
      },
    );
    const n = points[0]?.length ?? 0;
    for (let k = 0; k < 6; k++)
      expect(
        largestGap(points[k + 1] ?? [], right.iterates.data.slice(k * n, (k + 1) * n)),
      ).toBeLessThan(2e-5);
    expect(largestGap(matrices[1] ?? [], right.B_after_1.data)).toBeLessThan(2e-5);
    expect(largestGap(matrices[3] ?? [], right.B_after_3.data)).toBeLessThan(2e-5);
    expect(matrices[0]?.filter((x) => x === -1)).toHaveLength(n);
    const g = records.map(({ abs }) => norm(abs));
    expectTrace(g, right.g_norms, 6e-4, 2e-3 * (right.g_norms[0] ?? 0));
    const lengths = points.slice(1).map((z, k) => norm(minus(z, points[k] ?? [])));
    // The reference counts steps until one is shorter than eps.
    expect(lengths.findIndex((length) => length < 1e-4) + 1).toBe(
      right.iterations_to_eps['0.0001'],
    );
  });

  test.each(['tanh', 'unit'] as const)(
    '%s: the adjoint, as the reference solves it',
    async (name) => {
      using open = opened(sinclair, name);
      const { problem } = open;
      const { backward, gradients, fixed_point } = sinclair.cases[name];
      const z = tf.tensor(fixed_point.data, fixed_point.shape);
      const adjoint = await openAdjoint(problem, z);
      const zero = tf.zerosLike(z);
      const { points } = await follow(
        adjoint.map,
        zero,
        () => broydenDense({ damping: backward.alpha }),
        backward.iterations,
      );
      expect(largestGap(points.at(-1) ?? [], gradients.adjoint.data)).toBeLessThan(2e-5);
      const lengths = points.slice(1).map((u, k) => norm(minus(u, points[k] ?? [])));
      expectTrace(lengths, backward.step_norms, 1e-2, 2e-3);
      adjoint[Symbol.dispose]();
      tf.dispose([z, zero]);
    },
  );
});

describe('flow maps of fastdeq', () => {
  test.each(Object.entries(fastdeq.fixed_step))('%s', async (row, right) => {
    using open = opened(fastdeq);
    const [name = ''] = row.split('_');
    const map = open.problem.maps[name]?.({ h: right.h });
    if (!map) throw new Error('no such map');
    const largest: number[] = [];
    const looks: Promise<void>[] = [];
    const { z, projected, evaluations } = await solveMap(
      map,
      { method: 'picard', maxIterations: right.steps, tolerance: 0, stopMode: 'abs' },
      {
        onPoint: ({ newest }) => {
          const point = newest();
          const gap = tf.tidy(() => tf.max(tf.abs(tf.sub(open.f(point), point))));
          point.dispose();
          const k = largest.push(NaN) - 1;
          looks.push(
            gap.data().then(([value = NaN]) => {
              largest[k] = value;
              gap.dispose();
            }),
          );
        },
      },
    );
    await Promise.all(looks);
    expectTrace(largest, right.max_abs, 1e-3);
    for (const [k, value] of right.max_abs.slice(0, 12).entries())
      expect(Math.abs((largest[k] ?? NaN) / value - 1)).toBeLessThan(1e-4);
    const first = largest.findIndex((value) => value <= 1e-3);
    expect(first).toBe(right.converged ? right.steps : -1);
    expect(evaluations).toBe(right.nfe);
    tf.dispose([z, projected]);
    map.dispose?.();
  });
});

const adaptive = [
  { row: 'bs3', tableau: 'bs3', tolerance: 1e-4 },
  { row: 'tsit5', tableau: 'tsit5', tolerance: 1e-5 },
  { row: 'bs3_tol1e-3', tableau: 'bs3', tolerance: 1e-3 },
  { row: 'tsit5_tol1e-3', tableau: 'tsit5', tolerance: 1e-3 },
] as const;

describe('adaptive flows of fastdeq', () => {
  test.each(adaptive)('$row', async ({ row, tableau, tolerance }) => {
    using open = opened(fastdeq);
    const right = fastdeq.adaptive[row];
    const accepted = 'accepted' in right ? right.accepted : right.first_32_accepted;
    const { records, largest } = await follow(
      open.f,
      open.z0,
      () => ode({ tableau, errorTolerance: tolerance, firstStep: 0.1, errorUnit: 'one' }),
      accepted.length,
    );
    for (const [k, [t, h, error, , nfe, rejected]] of accepted.entries()) {
      const { figures = {}, evaluations } = records[k + 1] ?? {};
      expect(evaluations, `step ${String(k)}`).toBe(nfe);
      expect(figures['rejected']).toBe(rejected);
      for (const [name, value = NaN] of [
        ['time', t],
        ['h', h],
      ] as const)
        expect(Math.abs((figures[name] ?? NaN) / value - 1)).toBeLessThan(0.02);
      expect(figures['error']).toBeCloseTo(error ?? NaN, 1);
    }
    if ('nfe' in right) {
      expect(largest.findIndex((value) => value <= 1e-3)).toBe(accepted.length);
      expect(records.at(-1)?.evaluations).toBe(right.nfe);
    }
  });
});

describe('Newton on fastdeq', () => {
  test('dense: quadratic, down to float32’s floor', async () => {
    using open = opened(fastdeq);
    const right = fastdeq.newton_dense;
    const { records } = await follow(open.f, open.z0, newton, right.length - 1);
    for (const [k, { norm_per_sample }] of right.entries())
      for (const [sample, value] of norm_per_sample.entries()) {
        const found = records[k]?.abs[sample] ?? NaN;
        if (value > 1e-4) expect(Math.abs(found / value - 1)).toBeLessThan(1e-3);
        else expect(found).toBeLessThan(value + 2e-6);
      }
  });

  test.each(['pullback', 'difference'] as const)('GMRES, products by %s', async (products) => {
    using open = opened(fastdeq);
    const right = fastdeq.newton_gmres;
    const { records } = await follow(
      open.f,
      open.z0,
      (linearize) => newtonGmres({ krylov: 10, krylovTolerance: 1e-3, products }, linearize),
      right.length - 1,
    );
    const share = products === 'pullback' ? 1e-3 : 2e-2;
    for (const [k, { norm_per_sample }] of right.entries())
      for (const [sample, value] of norm_per_sample.entries()) {
        const found = records[k]?.abs[sample] ?? NaN;
        if (value > 1e-3) expect(Math.abs(found / value - 1)).toBeLessThan(share);
        else if (value > 1e-5) expect(Math.abs(found / value - 1)).toBeLessThan(50 * share);
        else expect(found).toBeLessThan(value + 2e-6);
      }
    for (const [k, { gmres_iterations, gmres_rel_residual = NaN }] of right.slice(0, 4).entries()) {
      const { figures = {} } = records[k + 1] ?? {};
      expect(figures['products']).toBe(gmres_iterations);
      expect(Math.abs((figures['linearResidual'] ?? NaN) / gmres_rel_residual - 1)).toBeLessThan(
        10 * share,
      );
    }
  });

  test('ten products of GMRES on the adjoint', async () => {
    using open = opened(fastdeq);
    const { fixed_point, adjoint_gmres10: right } = fastdeq;
    const z = tf.tensor(fixed_point.data, fixed_point.shape);
    const adjoint = await openAdjoint(open.problem, z);
    const rows = adjoint.dz as tf.Tensor2D;
    const found = await gmres((v) => tf.sub(v, adjoint.linearization.vjp(v)), rows, {
      iterations: 10,
      tolerance: 1e-3,
    });
    expect(found.iterations).toBe(right.iterations);
    expect(Math.abs(found.residual / right.rel_residual - 1)).toBeLessThan(1e-2);
    expect(relativeL2(await found.x.data(), right.u.data)).toBeLessThan(1e-3);
    // As a solver of the adjoint, which is affine: its first step is that answer.
    const zero = tf.zerosLike(z);
    const { points } = await follow(
      adjoint.map,
      zero,
      (linearize) =>
        newtonGmres({ krylov: 10, krylovTolerance: 1e-3, products: 'pullback' }, linearize),
      1,
    );
    expect(relativeL2(points[1] ?? [], right.u.data)).toBeLessThan(1e-3);
    const dense = await follow(adjoint.map, zero, newton, 1);
    expect(relativeL2(dense.points[1] ?? [], fastdeq.gradients.adjoint.data)).toBeLessThan(1e-5);
    adjoint[Symbol.dispose]();
    tf.dispose([z, zero, found.x]);
  });
});

describe('initial states of fastdeq', () => {
  const starts = [
    ['deq', 'zeros'],
    ['skip', 'learned'],
    ['skipreg', 'evaluation'],
  ] as const satisfies readonly (readonly [string, StartRule])[];

  test.each(starts)('%s: z0, and a flow from it', async (row, rule) => {
    using open = opened(fastdeq);
    const right = fastdeq.skip[row];
    const started = withStart(open.problem, rule);
    const z0 = started.initialState();
    expect(largestGap(await z0.data(), right.u0.data)).toBeLessThan(2e-6);
    const rk4 = open.problem.maps['rk4']?.({ h: 1 });
    if (!rk4) throw new Error('no such map');
    const steps = right.rk4_h1.max_abs.length - 1;
    const solution = await solveMap(
      rk4,
      { method: 'picard', maxIterations: steps, tolerance: 0, stopMode: 'abs' },
      { z0 },
    );
    expect(solution.evaluations).toBe(right.rk4_h1.nfe);
    const { records, largest } = await follow(
      open.f,
      z0,
      () => ode({ tableau: 'tsit5', errorTolerance: 1e-5, firstStep: 0.1, errorUnit: 'one' }),
      25,
    );
    const first = largest.findIndex((value) => value <= 1e-3);
    expect(records[first]?.evaluations).toBe(right.tsit5.nfe);
    expect(Math.abs((records[first]?.figures?.['time'] ?? NaN) / right.tsit5.t - 1)).toBeLessThan(
      0.02,
    );
    tf.dispose([z0, solution.z, solution.projected]);
    rk4.dispose?.();
  });

  test.each([
    ['skip', 'learned'],
    ['skipreg', 'evaluation'],
  ] as const)('%s: the Skip loss and its gradients', async (row, rule) => {
    using open = opened(fastdeq);
    const right = fastdeq.skip[row];
    const skip = skipLoss(open.problem, rule, 0.01);
    // The loss alone: without the problem's own.
    const problem = { ...withStart(open.problem, rule), loss: skip };
    const broyden = {
      method: 'broyden',
      history: Infinity,
      maxIterations: 100,
      tolerance: 3e-7,
      stopMode: 'rel',
    } as const;
    const found = await valueAndGradient(problem, {
      forward: broyden,
      gradient: { kind: 'implicit', solver: broyden },
    });
    expect(found.loss).toBeCloseTo(right.skip_loss, 6);
    for (const [name, { data }] of Object.entries(right.skip_loss_gradients)) {
      const gradient = await found.gradients[name]?.data();
      if (data.some((x) => x !== 0))
        expect(relativeL2(gradient ?? [], data), name).toBeLessThan(1e-3);
      else
        expect(
          gradient?.every((x) => x === 0),
          name,
        ).toBe(true);
    }
    tf.dispose([found.gradients, found.forward?.z ?? [], found.backward?.z ?? []]);
    const both = withSkipLoss(open.problem, rule, 0.01);
    const star = tf.tensor(fastdeq.fixed_point.data, fastdeq.fixed_point.shape);
    const loss = tf.tidy(() => both.loss(both.params, star));
    expect((await loss.data())[0]).toBeCloseTo(fastdeq.gradients.loss + right.skip_loss, 4);
    tf.dispose([star, loss]);
  });
});
