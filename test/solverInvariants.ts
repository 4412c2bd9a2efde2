/** What must hold of every solve, whatever the options and the map; asserted in float64 beside it. */
import { expect } from 'vitest';
import { conventionOf } from '../src/numerics/conventions.ts';
import type { Convention } from '../src/numerics/conventions/settings.ts';
import { solve } from '../src/numerics/iterate.ts';
import type { SolverOptions } from '../src/numerics/solver.ts';
import * as tf from '../src/tf/index.ts';

/** A map on `[batch, n]`, as tensors and once more as numbers, and where it starts. */
export interface Problem {
  readonly what: string;
  readonly z0: readonly (readonly number[])[];
  readonly f: (z: tf.Tensor) => tf.Tensor;
  readonly row: (z: readonly number[]) => readonly number[];
}

const each = (
  what: string,
  z0: Problem['z0'],
  f: Problem['f'],
  one: (z: number) => number,
): Problem => ({ what, z0, f, row: (z) => z.map(one) });

const affine = (what: string, a: number, b: number, z0: Problem['z0']): Problem =>
  each(
    what,
    z0,
    (z) => tf.add(tf.mul(z, a), b),
    (z) => Math.fround(a) * z + Math.fround(b),
  );

const coupling = [
  [0.2, -0.9, 0.4],
  [0.8, 0.3, -0.6],
  [-0.5, 0.7, 0.6],
];

/** A ReLU layer of one number that starts at 0, comes to where f is 0 exactly, and has its fixed point at 1/3. */
export const throughZero = each(
  'ReLU, f(z) = 0 on the way',
  [[0]],
  (z) => tf.relu(tf.sub(1, tf.mul(z, 2))),
  (z) => Math.max(0, 1 - 2 * z),
);

/** One of each kind: contractive, expansive, degenerate, without a fixed point, not finite, huge, tiny. */
export const problems: readonly Problem[] = [
  affine('one dimension, slope −1.2', -1.2, 1, [[0], [5]]),
  affine('one dimension, slope 0.9', 0.9, 1, [[0], [-3]]),
  affine('zero map', 0, 0, [
    [1, 2],
    [0, 0],
  ]),
  affine('constant map', 0, 3, [
    [1, 2, 9],
    [3, 3, 3],
  ]),
  affine('doubling', 2, 1, [[0], [1]]),
  affine('doubling in four dimensions', 2, 1, [
    [0, 1, 2, -9],
    [1, 1, 1, 1],
  ]),
  affine('no fixed point', 1, 1, [
    [0, 0],
    [4, 5],
  ]),
  affine('huge', -0.9, 1e25, [
    [0, 1e25],
    [1e24, 3e24],
  ]),
  affine('tiny', -0.9, 1e-25, [
    [0, 1e-25],
    [1e-24, 3e-24],
  ]),
  affine('from huge', 0.5, 1, [
    [1e30, -1e30],
    [1e20, 0],
  ]),
  each(
    'squares',
    [
      [0.5, 3],
      [0.1, 0.2],
    ],
    (z) => tf.mul(tf.square(z), 50),
    (z) => 50 * z * z,
  ),
  each(
    'no number past 3',
    [
      [0.5, 1],
      [0, 0.1],
    ],
    (z) => tf.add(tf.mul(tf.sqrt(tf.sub(3, z)), -2), 4.5),
    (z) => 4.5 - 2 * Math.sqrt(3 - z),
  ),
  {
    what: 'tanh cell',
    z0: [
      [0, 0, 0],
      [2, -1, 1],
    ],
    f: (z) => tf.tanh(tf.add(tf.matMul(z as tf.Tensor2D, tf.tensor<tf.Rank.R2>(coupling)), 0.3)),
    row: (z) =>
      [0, 1, 2].map((j) =>
        Math.tanh(z.reduce((sum, x, i) => sum + x * (coupling[i]?.[j] ?? NaN), 0.3)),
      ),
  },
];

/** Round-off of one float32 evaluation beside ‖f(z)‖ and ‖z‖, with room for products and tanh. */
const roundOff = 2e-6;

/** Solve, and throw where something that must hold does not. */
export async function expectInvariants(problem: Problem, options: SolverOptions): Promise<void> {
  const z0 = tf.tensor(problem.z0.map((row) => [...row]));
  const images: tf.Tensor[] = [];
  const points: tf.Tensor[] = [];
  const f = (z: tf.Tensor): tf.Tensor => {
    const value = problem.f(z);
    images.push(tf.keep(tf.clone(value)));
    return value;
  };
  const { z, status, records } = await solve(f, z0, options, ({ newest }) => {
    points.push(newest());
  });
  const solution = (await z.array()) as number[][];
  const places = (await Promise.all(points.map((point) => point.array()))) as number[][][];
  const values = await Promise.all(images.map((image) => image.data()));
  tf.dispose([z0, z, images, points]);

  const finite = values.every((numbers) => numbers.every(Number.isFinite));
  const last = records.at(-1);
  expect(records.map((record) => record.status)).toEqual(
    records.map((_, k) => (k === records.length - 1 ? status : 'running')),
  );
  expect(status).not.toBe('running');
  if (status === 'max-iterations') expect(records.length).toBe(options.maxIterations + 1);
  const shown = records.flatMap(({ abs, rel }) => [...abs, ...rel]);
  if (finite) {
    expect(shown.filter(Number.isNaN), 'NaN from a finite f').toEqual([]);
    expect(solution.flat().filter((x) => !Number.isFinite(x))).toEqual([]);
  }

  // Every record that was looked at, measured again.
  const convention = conventionOf(options);
  const looked = records.length === places.length ? records : records.slice(-1);
  for (const [k, record] of looked.entries()) {
    const place = places[records.length === places.length ? k : places.length - 1] ?? [];
    const truths = residuals(problem, place, convention, options.damping ?? 1);
    for (const [sample, truth] of truths.entries()) {
      if (!(truth.abs < 1e38 && truth.size < 1e38)) continue;
      const { abs, rel } = withSlack(truth, convention);
      expect(Math.abs((record.abs[sample] ?? NaN) - abs.value), 'abs').toBeLessThanOrEqual(
        1e-4 * abs.value + abs.slack,
      );
      expect(Math.abs((record.rel[sample] ?? NaN) - rel.value), 'rel').toBeLessThanOrEqual(
        2e-4 * rel.value + rel.slack,
      );
      if (record === last && status === 'converged') {
        const { value, slack } = options.stopMode === 'abs' ? abs : rel;
        expect(value, 'converged').toBeLessThanOrEqual(1.001 * options.tolerance + slack);
      }
    }
  }
  if (convention.returns === 'lowest' && convention.scope === 'sample')
    for (const [sample, truth] of residuals(problem, solution, convention, 1).entries()) {
      const seen = records.map((record) => record[options.stopMode][sample] ?? NaN);
      const lowest = Math.min(...seen.filter(Number.isFinite));
      const { value, slack } = withSlack(truth, convention)[options.stopMode];
      if (Number.isFinite(lowest))
        expect(value, 'best').toBeLessThanOrEqual(1.001 * lowest + slack);
    }
}

/** A residual in float64, and how far one of an f in float32 may be from it. */
interface Bounded {
  readonly value: number;
  readonly slack: number;
}

/**
 * Both residuals of a sample. The relative one also has the round-off of what it is divided by: f of a slope −1.2 that passes
 * z = 0.8335 is −1.6395e-4 there and −1.6391e-4 in float32, so that ‖f(z) − z‖ / ‖f(z)‖ is 5085.8 in place of 5084.6.
 */
function withSlack(
  { abs, size, before }: ReturnType<typeof residuals>[number],
  { floor }: Convention,
): Readonly<Record<'abs' | 'rel', Bounded>> {
  const slack = roundOff * (size + before);
  const rel = abs / (size + floor);
  return {
    abs: { value: abs, slack },
    rel: { value: rel, slack: ((1 + rel) * slack) / (size + floor) },
  };
}

/** Residual and ‖f(z)‖ of each sample as a convention has them, and ‖z‖, in float64. */
function residuals(
  { row }: Problem,
  place: readonly (readonly number[])[],
  { scope, damped }: Convention,
  damping: number,
): { abs: number; size: number; before: number }[] {
  const beta = damped ? damping : 1;
  const each = place.map((z) => {
    const image = row(z);
    const step = z.map((x, i) => beta * ((image[i] ?? NaN) - x));
    return {
      abs: Math.hypot(...step),
      size: Math.hypot(...z.map((x, i) => x + (step[i] ?? NaN))),
      before: Math.hypot(...z, ...image),
    };
  });
  if (scope !== 'batch') return each;
  const whole = (of: 'abs' | 'size' | 'before'): number =>
    Math.hypot(...each.map((one) => one[of]));
  return each.map(() => ({ abs: whole('abs'), size: whole('size'), before: whole('before') }));
}
