import * as tf from '../tf/index.ts';
import { breathe } from '../tf/pace.ts';
import { conventionOf, valuesToJudge } from './conventions.ts';
import type { StateSize } from './kind.ts';
import type { LowRank } from './lowRank.ts';
import type { FlatMap } from './method.ts';
import { openStepper } from './options.ts';
import { Samples } from './samples.ts';
import type { FixedPointMap, IterationRecord, SolverOptions, SolveStatus } from './solver.ts';
import type { Stepper } from './stepper.ts';

/** Iterations that a GPU is given at once where nobody looks at each: one read-back for all of them. */
export const fullSpeed = 4;

/** How a solve ended. */
export interface Solution {
  /** Per sample, the evaluated point with the lowest residual. The caller owns it. */
  readonly z: tf.Tensor;
  readonly status: SolveStatus;
  readonly records: IterationRecord[];
  readonly evaluations: number;
  /** What the method learnt of the inverse Jacobian of g, where that was to be kept and it learns one. The caller owns it. */
  readonly inverse?: LowRank | undefined;
}

/** What a solve is given of another one's inverse Jacobian, and whether it leaves its own. */
export interface Inverses {
  /** The inverse Jacobian that a method begins with which learns one; borrowed until the first record. */
  readonly seed?: LowRank | undefined;
  /** Whether the solution is to hold what was learnt. */
  readonly keepInverse?: boolean | undefined;
}

/** What can be asked about a solve until its next record. Handles are the caller's, to keep or dispose. */
export interface Standing {
  /** Per sample, the evaluated point with the lowest residual so far. */
  readonly best: () => tf.Tensor;
  /** The point of the newest record, where the host looked at it. */
  readonly newest: () => tf.Tensor;
  /** Per sample, the record that its best point was made with. */
  readonly bestRecords: readonly IterationRecord[];
}

/**
 * Told after every look: after each record, at full speed after several. What the solver keeps between
 * two iterations is alive then, and nothing else of it.
 */
export type OnPoint = (standing: Standing) => void;

/** A solve in progress. `next(ahead)` lets a GPU make up to `ahead` points before the host looks. */
export type Iteration = AsyncGenerator<IterationRecord, Solution, number | undefined>;

/**
 * Iterate towards f(z) = z from `z0` `[batch, ...state]`, one evaluated point a record; the
 * first is z0 itself. `next()` is Step, draining it is Run, `return()` is Stop and frees
 * everything. A `for await` loop drops the returned `Solution`, whose `z` then leaks: use
 * `solve`, or take the value of the last `next()`.
 *
 * Each look at the residuals waits for the GPU. `next(ahead)` allows points to be made without one, when
 * the records made so far have all been given out; fused solvers use it, and so stop late by at most
 * `ahead − 1` evaluations. Records and solution are the same at any pace.
 *
 * Samples are independent: one that has converged, stalled or blown up is held where it is
 * while the others go on. Divergence is a status, not an exception. Throws a RangeError at
 * once for options that make no sense. Borrows `z0` until the first record. `first` is what `next(ahead)`
 * is for the others: a generator's first `next` cannot be given anything.
 */
export function iterate(
  f: FixedPointMap,
  z0: tf.Tensor,
  options: SolverOptions,
  onPoint?: OnPoint,
  first = 1,
  { seed, keepInverse }: Inverses = {},
): Iteration {
  return iterateBy(
    f,
    z0,
    options,
    (flat, start) => openStepper(options, flat, start, sizeOf(z0), undefined, seed),
    onPoint,
    first,
    keepInverse,
  );
}

/** `iterate` with a stepper of the caller's: one that can be looked into between two records. */
export function iterateBy(
  f: FixedPointMap,
  z0: tf.Tensor,
  options: SolverOptions,
  open: (flat: FlatMap, start: () => tf.Tensor2D) => () => Stepper,
  onPoint?: OnPoint,
  first = 1,
  keepInverse = false,
): Iteration {
  if (z0.rank < 1 || z0.size === 0)
    throw new RangeError(
      `z0 must be [batch, ...state] with at least one number, not [${z0.shape.join(', ')}].`,
    );
  const map = flatten(f, z0.shape);
  const opened = open(map.flat, () => map.rows(z0));
  const { image, calls } = map;
  return run(
    { image, evaluations: () => calls.count, shape: z0.shape, options, open: opened, keepInverse },
    first,
    onPoint,
  );
}

/**
 * Run a solve to its end, at full speed. The event loop runs between iterations; once `signal` is aborted, everything
 * is freed and its reason thrown.
 */
export async function solve(
  f: FixedPointMap,
  z0: tf.Tensor,
  options: SolverOptions,
  onPoint?: OnPoint,
  signal?: AbortSignal,
  inverses?: Inverses,
): Promise<Solution> {
  return drain(iterate(f, z0, options, onPoint, fullSpeed, inverses), signal);
}

/** Run an iteration to its end, at full speed; frees it in any case. */
export async function drain<S extends Solution>(
  solving: AsyncGenerator<IterationRecord, S, number | undefined>,
  signal?: AbortSignal,
): Promise<S> {
  try {
    for (;;) {
      const step = await solving.next(fullSpeed);
      if (step.done === true) return step.value;
      await breathe(signal);
    }
  } finally {
    await solving.return(undefined as never);
  }
}

/** Enqueue every kernel that a solve of `f` would use and read nothing back: to have them compiled. */
export function rehearseSolve(f: FixedPointMap, z0: tf.Tensor, options: SolverOptions): void {
  const { flat, rows } = flatten(f, z0.shape);
  using stepper = openStepper(options, flat, () => rows(z0), sizeOf(z0))();
  stepper.rehearse();
}

/** How many samples a state has, and numbers each. */
export const sizeOf = ({ size, shape: [samples = 1] }: tf.Tensor): StateSize => ({
  samples,
  numbers: size / samples,
});

/** `f`, which frees a solve's start when it is first asked: the solver has a point of its own by then. */
export const freeing = (start: tf.Tensor, f: FixedPointMap): FixedPointMap =>
  Object.assign(
    (z: tf.Tensor) => {
      start.dispose();
      return f(z);
    },
    { linear: f.linear },
  );

/** f on states as rows, and how often it was evaluated. */
export interface FlattenedMap {
  /** f on `[batch, n]`. Throws a RangeError when it changes the shape. */
  readonly flat: FlatMap;
  /** A state as `[batch, n]`. */
  readonly rows: (z: tf.Tensor) => tf.Tensor2D;
  /** f itself, counted too. */
  readonly image: (z: tf.Tensor) => tf.Tensor;
  /** Evaluations made. */
  readonly calls: { readonly count: number };
}

/** `f` on states of that shape, as rows. */
export function flatten(f: FixedPointMap, shape: number[]): FlattenedMap {
  const [batch = 1] = shape;
  const calls = { count: 0 };
  const rows = (z: tf.Tensor): tf.Tensor2D => tf.reshape(z, [batch, z.size / batch]);
  // Its own tidy: f's intermediates are gone before the solver makes its own.
  const image = (z: tf.Tensor): tf.Tensor => {
    calls.count++;
    return tf.tidy(() => f(z));
  };
  const { linear } = f;
  const flat = (z: tf.Tensor2D): tf.Tensor2D => {
    const fz = image(tf.reshape(z, shape));
    if (fz.shape.join() !== shape.join())
      throw new RangeError(
        `f must keep the shape [${shape.join(', ')}], not return [${fz.shape.join(', ')}].`,
      );
    return rows(fz);
  };
  const own = linear && {
    linear: (v: tf.Tensor2D) => rows(tf.tidy(() => linear(tf.reshape(v, shape)))),
  };
  return { flat: Object.assign(flat, own), rows, image, calls };
}

/** What a running solve is made of. */
interface Solve extends Pick<FlattenedMap, 'image'> {
  readonly shape: number[];
  /** Evaluations of f made so far. */
  readonly evaluations: () => number;
  readonly options: SolverOptions;
  readonly open: () => Stepper;
  readonly keepInverse?: boolean;
}

/** A solve by a stepper that is opened when it begins; see `iterate`. */
export async function* run(
  { shape, options, evaluations: made, image, open, keepInverse = false }: Solve,
  first: number,
  onPoint: OnPoint | undefined,
): Iteration {
  const [batch = 1] = shape;
  const records: IterationRecord[] = [];
  // Every sample's best point is its first one, until a lower residual is seen.
  const bestAt = new Array<number>(batch).fill(0);
  using samples = new Samples(batch, options);
  using stepper = open();
  const convention = conventionOf(options);
  const { returns } = convention;
  const last = returns === 'last' || returns === 'last-image';
  const best = (): tf.Tensor =>
    tf.tidy(() => tf.reshape(last ? stepper.newest() : stepper.best(), shape));
  const newest = (): tf.Tensor => tf.tidy(() => tf.reshape(stepper.newest(), shape));
  let ahead: number | undefined = first;

  for (let iteration = 0; ;) {
    const started = performance.now();
    const before = made();
    const left = options.maxIterations - iteration + 1;
    const points = await stepper.advance(Math.min(ahead ?? 1, left), samples.moving);
    const milliseconds = (performance.now() - started) / points.length;
    for (const [i, { abs, rel, fellBack, event, figures }] of points.entries()) {
      // A sample that is held has no step, so its fall-back says nothing.
      const fell = fellBack.some((flag, sample) => flag && samples.moves(sample));
      const values = valuesToJudge(convention, options.stopMode === 'abs' ? abs : rel);
      const better = samples.note(values, valuesToJudge(convention, abs));
      stepper.settle(better);
      for (const [sample, lower] of better.entries()) if (lower || last) bestAt[sample] = iteration;
      const status = samples.status(iteration >= options.maxIterations);
      const happened = fell ? stepper.fallback : event;
      const looked = i === points.length - 1 || status !== 'running';
      const evaluations = points.length === 1 ? made() : before + i + 1;
      records.push({
        ...{ iteration, status, evaluations, abs, rel, milliseconds },
        ...(points.length > 1 ? { together: points.length } : {}),
        ...(happened ? { event: happened } : {}),
        ...(figures ? { figures } : {}),
      });
      if (looked) {
        const bestRecords = bestAt.map((at) => records[at] as IterationRecord);
        onPoint?.({ best, newest, bestRecords });
      }
      ahead = yield records[iteration] as IterationRecord;
      if (status !== 'running') {
        const z = returns.endsWith('image') ? imageOf(best(), image) : best();
        const inverse = keepInverse ? stepper.inverse?.() : undefined;
        return { z, status, records, evaluations: made(), ...(inverse ? { inverse } : {}) };
      }
      iteration++;
    }
  }
}

/** f(z); frees z. */
function imageOf(z: tf.Tensor, image: (z: tf.Tensor) => tf.Tensor): tf.Tensor {
  try {
    return image(z);
  } finally {
    z.dispose();
  }
}
