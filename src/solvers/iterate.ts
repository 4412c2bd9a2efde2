import * as tf from '../tf/index.ts';
import { Owned } from '../tf/owned.ts';
import { readPacked } from '../tf/readback.ts';
import { evaluate, type FlatMap, type Method, type Point } from './method.ts';
import { buildMethod } from './options.ts';
import { Samples } from './samples.ts';
import type {
  FixedPointMap,
  IterationRecord,
  SolverEvent,
  SolverOptions,
  SolveStatus,
} from './solver.ts';

/** How a solve ended. */
export interface Solution {
  /** Per sample, the evaluated point with the lowest residual. The caller owns it. */
  readonly z: tf.Tensor;
  readonly status: SolveStatus;
  readonly records: IterationRecord[];
  readonly evaluations: number;
}

/**
 * Told after every record, with a handle of its own (to keep or dispose) to the best point so far,
 * per sample; `newest` makes one to the point of the record. What the solver keeps between two
 * records is alive then, and nothing else of it.
 */
export type OnPoint = (best: tf.Tensor, newest: () => tf.Tensor) => void;

/**
 * Iterate towards f(z) = z from `z0` `[batch, ...state]`, one evaluated point a record; the
 * first is z0 itself. `next()` is Step, draining it is Run, `return()` is Stop and frees
 * everything. A `for await` loop drops the returned `Solution`, whose `z` then leaks: use
 * `solve`, or take the value of the last `next()`.
 *
 * Samples are independent: one that has converged, stalled or blown up is held where it is
 * while the others go on. Divergence is a status, not an exception. Throws a RangeError at
 * once for options that make no sense. Borrows `z0` until the first record.
 */
export function iterate(
  f: FixedPointMap,
  z0: tf.Tensor,
  options: SolverOptions,
  onPoint?: OnPoint,
): AsyncGenerator<IterationRecord, Solution, void> {
  if (z0.rank < 1 || z0.size === 0)
    throw new RangeError(
      `z0 must be [batch, ...state] with at least one number, not [${z0.shape.join(', ')}].`,
    );
  return run(f, z0, options, buildMethod(options), onPoint);
}

/** Run a solve to its end. */
export async function solve(
  f: FixedPointMap,
  z0: tf.Tensor,
  options: SolverOptions,
  onPoint?: OnPoint,
): Promise<Solution> {
  const solving = iterate(f, z0, options, onPoint);
  for (;;) {
    const step = await solving.next();
    if (step.done === true) return step.value;
  }
}

async function* run(
  f: FixedPointMap,
  z0: tf.Tensor,
  options: SolverOptions,
  method: Method,
  onPoint: OnPoint | undefined,
): AsyncGenerator<IterationRecord, Solution, void> {
  const { shape } = z0;
  const [batch = 1] = shape;
  const flatShape: [number, number] = [batch, z0.size / batch];
  let evaluations = 0;
  const flat: FlatMap = (z) => {
    evaluations++;
    // Its own tidy: f's intermediates are gone before the solver makes its own.
    const fz = tf.tidy(() => f(tf.reshape(z, shape)));
    if (fz.shape.join() !== shape.join())
      throw new RangeError(
        `f must keep the shape [${shape.join(', ')}], not return [${fz.shape.join(', ')}].`,
      );
    return tf.reshape(fz, flatShape);
  };

  const records: IterationRecord[] = [];
  let started = performance.now();
  using samples = new Samples(batch, options);
  using state = new Owned(() => method.start(evaluate(flat, tf.reshape(z0, flatShape))));
  using best = new Owned(() => tf.clone(state.value.z));

  for (let iteration = 0; ; iteration++) {
    if (iteration > 0) {
      started = performance.now();
      state.set(await method.step(flat, state.value, samples.moving));
    }
    const { abs, rel, event } = await measure(state.value, method.fallback, samples);
    keepBest(best, state.value.z, samples.note(options.stopMode === 'abs' ? abs : rel));
    const status = samples.status(iteration >= options.maxIterations);
    const record: IterationRecord = {
      iteration,
      status,
      evaluations,
      abs,
      rel,
      milliseconds: performance.now() - started,
      ...(event ? { event } : {}),
    };
    records.push(record);
    onPoint?.(tf.reshape(best.value, shape), () => tf.reshape(state.value.z, shape));
    yield record;
    if (status !== 'running')
      return { z: tf.reshape(best.value, shape), status, records, evaluations };
  }
}

/** Read the norms of the newest point, in one round trip. */
async function measure(
  point: Point,
  fallback: SolverEvent,
  samples: Samples,
): Promise<{ abs: number[]; rel: number[]; event: SolverEvent | undefined }> {
  const [abs = [], rel = [], fellBack = []] = await readPacked(
    point.fellBack ? [point.abs, point.rel, point.fellBack] : [point.abs, point.rel],
  );
  // A sample that is held has no update, so its fall-back says nothing.
  const fell = Array.from(fellBack).some((flag, i) => flag > 0 && samples.moves(i));
  return { abs: [...abs], rel: [...rel], event: fell ? fallback : point.event };
}

/** Per sample, take `z` where its residual is the lowest so far. */
function keepBest(best: Owned<tf.Tensor2D>, z: tf.Tensor2D, better: readonly boolean[]): void {
  if (better.every(Boolean)) best.set(tf.clone(z));
  else if (better.some(Boolean))
    best.set(
      tf.tidy(() => tf.where(tf.tensor([...better], [better.length, 1], 'bool'), z, best.value)),
    );
}
