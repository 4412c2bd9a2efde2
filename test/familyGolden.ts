/** What every family's golden files hold alike, held against the engine: cell, solver traces, gradients. */
import { expect, test } from 'vitest';
import { openAnyGolden } from '../src/families/openAnyGolden.ts';
import type { OpenedGolden } from '../src/families/family.ts';
import { tensorOf, type FileTensor } from '../src/families/goldenFile.ts';
import { solveMap } from '../src/numerics/iterateMap.ts';
import type { SolverOptions } from '../src/numerics/solver.ts';
import {
  valueAndGradient,
  type GradientMethod,
  type ValueAndGradient,
} from '../src/implicit/valueAndGradient.ts';
import type { BackendName } from '../src/tf/backend.ts';
import * as tf from '../src/tf/index.ts';
import { describeOn } from './describeOn.ts';

/** A case of a golden file, by what a test is called. */
export interface FamilyCase {
  readonly name: string;
  readonly file: unknown;
  /** A key of the file's `cases`. */
  readonly of?: string;
  /** Rows of `solvers` and how many entries are held; default all while rel > 2e-3. */
  readonly entries?: Readonly<Record<string, number>>;
  /** How the forward solve for a gradient is made; default Broyden without a limit to 1e-7. */
  readonly forward?: Partial<SolverOptions>;
}

interface Trace {
  readonly abs: readonly (readonly number[])[];
  /** Absent: norms are taken for what they are of their sample's first. */
  readonly rel?: readonly (readonly number[])[];
}

/** A value of a file of known form. */
const at = (file: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], file);

const partOf = ({ file, of }: FamilyCase): unknown =>
  of === undefined ? file : at(file, 'cases', of);

/** Solver rows: the entries that record k answers to, and what `abs` is multiplied by for ours. */
const rows: readonly {
  readonly row: string;
  readonly offset: number;
  readonly scale?: number;
  readonly options: Pick<SolverOptions, 'method' | 'damping' | 'history' | 'ridge' | 'ridgeMode'>;
}[] = [
  { row: 'broyden', offset: 1, options: { method: 'broyden', history: Infinity } },
  {
    row: 'anderson_m5',
    offset: 2,
    options: { method: 'anderson', history: 5, ridge: 1e-4, ridgeMode: 'absolute' },
  },
  { row: 'fixed_point', offset: 0, options: { method: 'picard' } },
  {
    row: 'fixed_point_damped06',
    offset: 0,
    scale: 1 / 0.6,
    options: { method: 'picard', damping: 0.6 },
  },
];

const gradientRows: readonly (readonly [row: string, method: GradientMethod])[] = [
  [
    'exact_implicit',
    {
      kind: 'implicit',
      solver: {
        method: 'broyden',
        history: Infinity,
        maxIterations: 80,
        tolerance: 1e-6,
        stopMode: 'rel',
      },
    },
  ],
  ['one_step_jfb', { kind: 'one-step' }],
  ['neumann_5', { kind: 'neumann', terms: 5 }],
  ['phantom_k5_tau05', { kind: 'phantom', steps: 5, damping: 0.5 }],
  ['unrolled_12', { kind: 'unrolled', depth: 12 }],
];

/** Frees what `openAnyGolden` gave. */
export function freeGolden({ problem, probe }: OpenedGolden): void {
  tf.dispose([problem.params, probe]);
}

/** ‖a − b‖ / ‖b‖. */
export function relativeL2(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [gap, size] = [0, 0];
  for (let i = 0; i < b.length; i++) {
    gap += ((a[i] ?? NaN) - (b[i] ?? NaN)) ** 2;
    size += (b[i] ?? NaN) ** 2;
  }
  return Math.sqrt(gap) / Math.max(Math.sqrt(size), 1e-12);
}

/** Largest |a − b|. */
export const largestGap = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(b).reduce((gap, value, i) => Math.max(gap, Math.abs((a[i] ?? NaN) - value)), 0);

/** Everything that a case has, on a backend; `only` shortens it for backends where it is dear. */
export function goldenFamilies(
  backend: BackendName,
  cases: readonly FamilyCase[],
  { fused = false, only }: { fused?: boolean; only?: readonly string[] } = {},
): void {
  const wanted = (row: string): boolean => only === undefined || only.includes(row);
  describeOn(backend, fused, 'families', () => {
    test.each(cases)('$name: cell and fixed point', async (one) => {
      const opened = openAnyGolden(one.file, one.of);
      const { problem, probe } = opened;
      const part = partOf(one);
      const star = tensorOf(at(part, 'fixed_point'), 'fixed_point');
      const [image, still] = tf.tidy(() => {
        const injection = problem.inject(problem.params);
        const z = tf.tensor(Float32Array.from(star.data), probe.shape);
        return [
          problem.f(problem.params, injection, probe),
          problem.f(problem.params, injection, z),
        ] as const;
      });
      const right = tensorOf(at(part, 'f_of_z_probe'), 'f_of_z_probe');
      expect(largestGap(await image.data(), right.data)).toBeLessThan(2e-5);
      expect(largestGap(await still.data(), star.data)).toBeLessThan(2e-5);
      tf.dispose([image, still]);
      freeGolden(opened);
    });

    test.each(
      cases.flatMap((one) =>
        rows
          .filter(({ row }) => wanted(row) && at(partOf(one), 'solvers', row) !== undefined)
          .map((solver) => ({ ...one, ...solver })),
      ),
    )('$name: $row', async ({ row, offset, scale = 1, options, ...one }) => {
      const trace = at(partOf(one), 'solvers', row) as Trace;
      const opened = openAnyGolden(one.file, one.of);
      const map = opened.problem.maps.plain();
      const { z, projected, records } = await solveMap(map, {
        ...options,
        maxIterations: trace.abs.length + offset,
        tolerance: 0,
        stopMode: 'rel',
      });
      let held = 0;
      for (const [k, norms] of trace.abs.slice(0, one.entries?.[row]).entries())
        for (const [sample, norm] of norms.entries()) {
          const rel = trace.rel ? trace.rel[k]?.[sample] : norm / (trace.abs[0]?.[sample] ?? 0);
          if (!((rel ?? 0) > 2e-3)) continue;
          const found = records[k + offset]?.abs[sample] ?? NaN;
          const gap = Math.abs(found / (norm * scale) - 1);
          expect(gap, `entry ${String(k)}, sample ${String(sample)}`).toBeLessThan(
            k < 10 ? 0.01 : 0.05,
          );
          held++;
        }
      expect(held).toBeGreaterThan(3);
      tf.dispose([z, projected]);
      map.dispose?.();
      freeGolden(opened);
    });

    test.each(
      cases.flatMap((one) =>
        gradientRows
          .filter(([row]) => wanted(row) && at(partOf(one), 'gradients', row) !== undefined)
          .map(([row, gradient]) => ({ ...one, row, gradient })),
      ),
    )('$name: gradient $row', async ({ row, gradient, ...one }) => {
      const gradients = at(partOf(one), 'gradients', row) as Record<string, FileTensor | number>;
      const opened = openAnyGolden(one.file, one.of);
      const found = await valueAndGradient(opened.problem, {
        forward: {
          method: 'broyden',
          history: Infinity,
          maxIterations: 100,
          tolerance: 3e-7,
          stopMode: 'rel',
          ...one.forward,
        },
        gradient,
      });
      const ours = await opened.toFile(found.gradients);
      for (const [name, right] of Object.entries(gradients))
        if (typeof right === 'object')
          expect(relativeL2(ours[name]?.data ?? [], right.data), name).toBeLessThan(1e-3);
      expect(Object.keys(gradients).length).toBeGreaterThan(0);
      freeFound(found);
      freeGolden(opened);
    });
  });
}

/** Frees what `valueAndGradient` gave. */
function freeFound({ gradients, forward, backward }: ValueAndGradient): void {
  tf.dispose([gradients, forward?.z ?? [], backward?.z ?? []]);
}
