/** monDEQ against the reference's own values: cell, traces, gradients; W, V, splittings forward and backward. */
import { beforeAll, describe, expect, test } from 'vitest';
import file from '../../../test/golden/families/mondeq.json';
import { goldenFamilies } from '../../../test/familyGolden.ts';
import { failOnLeaks } from '../../../test/leaks.ts';
import { wasmInNode } from '../../../test/wasmInNode.ts';
import { solveMap } from '../../numerics/iterateMap.ts';
import type { IterationMap } from '../../numerics/maps.ts';
import type { SolverOptions } from '../../numerics/solver.ts';
import { initBackend } from '../../tf/backend.ts';
import * as tf from '../../tf/index.ts';
import { monotoneGolden, type OpenedMonotone } from './golden.ts';

goldenFamilies('cpu', [
  { name: 'mondeq, fc', file, of: 'fc' },
  { name: 'mondeq, conv', file, of: 'conv' },
]);

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

type Name = keyof typeof file.cases;
const names = Object.keys(file.cases) as Name[];

interface FileTensor {
  shape: number[];
  data: number[];
}
/** A row of `splitting`. */
interface Row {
  alpha: number;
  errs: number[];
  steps: number[];
  'iters_tol_1e-5': number;
  'iters_tol_1e-2': number;
}

async function using<T>(name: Name, body: (opened: OpenedMonotone) => Promise<T>): Promise<T> {
  const opened = monotoneGolden.open(file, name);
  try {
    return await body(opened);
  } finally {
    tf.dispose([opened.problem.params, opened.probe]);
  }
}

const toTensor = ({ data, shape }: FileTensor): tf.Tensor => tf.tensor(data, shape);

/** The values of what `make` gives, which is freed. */
async function read(make: () => tf.Tensor): Promise<Float32Array> {
  const tensor = tf.tidy(make);
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}

const norm = (values: ArrayLike<number>): number =>
  Math.sqrt(Array.from(values).reduce((sum, x) => sum + x * x, 0));
const apart = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  norm(Array.from(a, (x, i) => x - (b[i] ?? NaN)));

/** Largest absolute difference. */
const worst = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a, (x, i) => Math.abs(x - (b[i] ?? NaN))).reduce((m, d) => (d <= m ? m : d), 0);

describe.each(names)('%s', (name) => {
  const one = file.cases[name];

  test('W and Wᵀ', () =>
    using(name, async ({ problem, probe }) => {
      const { params, operator } = problem;
      if ('W_of_z_probe' in one) {
        const forward = await read(() => operator.multiply(params, probe));
        expect(worst(forward, one.W_of_z_probe.data)).toBeLessThan(2e-5);
        const backward = await read(() => operator.multiplyTransposed(params, probe));
        expect(worst(backward, one.WT_of_z_probe.data)).toBeLessThan(2e-5);
      } else {
        // Rows are samples: the identity through W gives Wᵀ.
        const w = await read(() => tf.transpose(operator.multiply(params, tf.eye(operator.size))));
        expect(worst(w, one.W.data)).toBeLessThan(2e-5);
        const turned = await read(() => operator.multiplyTransposed(params, tf.eye(operator.size)));
        expect(worst(turned, one.W.data)).toBeLessThan(2e-5);
      }
    }));

  test('V and its transpose', () =>
    using(name, async ({ problem: { params, operator } }) => {
      using resolvent = operator.resolvent(params, 1);
      if ('fft_inverse' in one) {
        const { y, V_y, VT_y } = one.fft_inverse;
        const apply = (how: 'apply' | 'applyTransposed'): Promise<Float32Array> =>
          read(() => resolvent[how](tf.reshape(toTensor(y), [1, operator.size])));
        expect(worst(await apply('apply'), V_y.data)).toBeLessThan(1e-5);
        expect(worst(await apply('applyTransposed'), VT_y.data)).toBeLessThan(1e-5);
      } else {
        const v = await read(() => tf.transpose(resolvent.apply(tf.eye(operator.size))));
        expect(worst(v, one.V_a1.data)).toBeLessThan(1e-5);
        const turned = await read(() => resolvent.applyTransposed(tf.eye(operator.size)));
        expect(worst(turned, one.V_a1.data)).toBeLessThan(1e-5);
      }
    }));

  test.each(Object.entries(one.splitting as Record<string, Row>))('splitting %s', (key, row) =>
    using(name, async ({ problem }) => {
      const kind = key.startsWith('FB') ? 'forward-backward' : 'peaceman-rachford';
      const map = problem.maps[kind]({ alpha: row.alpha });
      try {
        const { errs, steps } = await trace(map, row.errs.length);
        let compared = 0;
        for (const [k, theirs] of row.errs.entries()) {
          if (!(theirs > 1e-4)) continue;
          expect(Math.abs((errs[k] ?? NaN) / theirs - 1), `err ${k}`).toBeLessThan(1.2e-3);
          compared++;
        }
        for (const [k, theirs] of row.steps.entries())
          if (theirs > 1e-4)
            expect(Math.abs((steps[k] ?? NaN) / theirs - 1), `step ${k}`).toBeLessThan(1.2e-3);
        expect(compared).toBeGreaterThan(7);
        for (const tolerance of [1e-2, 1e-5]) {
          const theirs = tolerance === 1e-2 ? row['iters_tol_1e-2'] : row['iters_tol_1e-5'];
          if (theirs === 300 && tolerance === 1e-5) continue;
          const solution = await solveMap(map, mondeq(tolerance));
          tf.dispose([solution.z, solution.projected]);
          // Their last iteration makes the point after our last record's.
          expect(Math.abs(solution.records.length - theirs), `tolerance ${tolerance}`).toBeLessThan(
            2,
          );
          expect(solution.status).toBe(theirs === 300 ? 'max-iterations' : 'converged');
        }
      } finally {
        map.dispose?.();
      }
    }),
  );

  test.each(['PR', 'FB'] as const)('the adjoint by %s', (which) =>
    using(name, async ({ problem }) => {
      const info = one.gradients[`peer_backward_${which}_info`];
      const z = toTensor(one.fixed_point);
      const dz = toTensor(one.c);
      const kind = which === 'FB' ? 'forward-backward' : 'peaceman-rachford';
      const map = problem.adjointMaps(z, dz)[kind]({ alpha: info.alpha });
      try {
        const { steps } = await adjointTrace(map, which, info.alpha, { z, dz });
        const theirs = info['bkwd_errs_tol_1e-5'];
        for (const [k, err] of theirs.entries())
          if (err > 1e-4)
            expect(Math.abs((steps[k] ?? NaN) / err - 1), `step ${k}`).toBeLessThan(1.2e-3);
        const solution = await solveMap(map, { ...tight, method: 'picard', maxIterations: 300 });
        const u = await solution.projected.data();
        tf.dispose([solution.z, solution.projected]);
        const { adjoint } = one.gradients;
        expect(solution.status).toBe('converged');
        expect(apart(u, adjoint.data) / norm(adjoint.data)).toBeLessThan(1e-5);
      } finally {
        tf.dispose([z, dz]);
        map.dispose?.();
      }
    }),
  );

  test('what the weights certify', () =>
    using(name, async ({ problem, probe }) => {
      const figures = (await problem.observe(probe)).find(({ kind }) => kind === 'figures');
      const value = (part: string): number =>
        figures?.kind === 'figures'
          ? (figures.rows.find((r) => r.name.includes(part))?.value ?? NaN)
          : NaN;
      const { L, alpha_bound, sym_I_minus_W_min_eigenvalue } = one.operator;
      expect(value('L =')).toBeCloseTo(L, 4);
      expect(value('bound')).toBeCloseTo(alpha_bound, 5);
      expect(value('smallest')).toBeCloseTo(sym_I_minus_W_min_eigenvalue, 4);
    }));
});

const tight: Omit<SolverOptions, 'method'> = {
  maxIterations: 80,
  tolerance: 3e-7,
  stopMode: 'rel',
};

/** The reference's own rule: the step of the whole batch against the new point. */
const mondeq = (tolerance: number): SolverOptions => ({
  method: 'picard',
  tolerance,
  stopMode: 'rel',
  maxIterations: 299,
  convention: 'mondeq',
});

/** What `splitting.py` prints: residuals and steps over the whole batch, after each application. */
async function trace(
  map: IterationMap,
  count: number,
): Promise<{ errs: number[]; steps: number[] }> {
  const [errs, steps]: [number[], number[]] = [[], []];
  let s = tf.tidy(() => map.start());
  let before: ArrayLike<number> = await read(() => map.project(s));
  for (let k = 0; k < count; k++) {
    const next = tf.tidy(() => map.apply(s));
    s.dispose();
    s = next;
    const z = await read(() => map.project(next));
    const image = await read(() => map.f(map.project(next)));
    errs.push(apart(z, image) / norm(z));
    steps.push(apart(z, before) / (1e-6 + norm(z)));
    before = z;
  }
  s.dispose();
  return { errs, steps };
}

/** The reference's steps of w = D u, its start at zero included. */
async function adjointTrace(
  map: IterationMap,
  which: 'PR' | 'FB',
  alpha: number,
  { z, dz }: { z: tf.Tensor; dz: tf.Tensor },
): Promise<{ steps: number[] }> {
  const point = (s: tf.Tensor): tf.Tensor => {
    const active = tf.cast(tf.greater(z, 0), 'float32');
    return which === 'FB' ? tf.clone(s) : tf.mul(active, tf.add(s, tf.mul(dz, alpha)));
  };
  const steps: number[] = [];
  let before: ArrayLike<number> = new Float32Array(z.size);
  let s = tf.tidy(() => map.start());
  for (let k = 0; k < 40; k++) {
    if (which === 'FB' || k > 0) {
      const next = tf.tidy(() => map.apply(s));
      s.dispose();
      s = next;
    }
    const w = await read(() => point(s));
    steps.push(apart(w, before) / (1e-6 + norm(w)));
    before = w;
  }
  s.dispose();
  return { steps };
}

// Last, since the backend stays.
wasmInNode();
goldenFamilies('wasm', [{ name: 'mondeq, conv', file, of: 'conv' }], {
  only: ['fixed_point', 'exact_implicit'],
});
