import * as tf from '../tf/index.ts';
import { breathe } from '../tf/pace.ts';
import { readPacked } from '../tf/readback.ts';
import { conditionNumber } from './condition.ts';
import type { FlatMap, Method, Moving, Point } from './method.ts';
import { evaluate, rowNorm } from './method.ts';
import { referenceMethod } from './options.ts';
import { Samples } from './samples.ts';
import type { FixedPointMap, SolverEvent, SolverOptions } from './solver.ts';

/** Steps up to the one asked for whose mixing systems are judged: a trend, for a few numbers each. */
const MIXINGS = 5;

/** How well one of Anderson's mixing systems determines its weights. */
export interface Mixing {
  /** The iteration that the step starts from. */
  readonly iteration: number;
  /** Condition number of the Gram matrix with its ridge, which is what is solved. */
  readonly condition: number;
  /** max |α|. */
  readonly largest: number;
}

/** One step of a solve, looked into; every number is of one sample. */
export interface StepAnatomy {
  /** ‖f(z_k) − z_k‖₂, ‖f(z_k)‖₂ and ‖z_k‖₂ before the step. */
  readonly residual: number;
  readonly image: number;
  readonly size: number;
  /** ‖z_{k+1} − z_k‖₂. */
  readonly step: number;
  /** ‖f(z) − z‖₂ after it. */
  readonly next: number;
  /** Anderson's mixing weights α, newest iterate first; they sum to 1. */
  readonly weights?: readonly number[];
  /** Anderson's systems of the last few steps, this one the last. */
  readonly mixing?: readonly Mixing[];
  /** Broyden's rank-one pairs, oldest first: ‖u‖‖v‖. */
  readonly pairs?: readonly number[];
  /** Evaluations that the step took: more than one where a line search tried shorter steps. */
  readonly evaluations: number;
  readonly event?: SolverEvent;
}

/**
 * The step from z_k to z_{k+1} of the solve that `iterate` makes, solved again up to there by reference
 * operations. Undefined when the solve ends before. Borrows `z0`; can be interrupted.
 */
export async function explainStep(
  f: FixedPointMap,
  z0: tf.Tensor,
  options: SolverOptions,
  { iteration, sample, signal }: { iteration: number; sample: number; signal: AbortSignal },
): Promise<StepAnatomy | undefined> {
  const method = referenceMethod(options);
  const { shape } = z0;
  const [batch = 1] = shape;
  const flatShape: [number, number] = [batch, z0.size / batch];
  let evaluations = 0;
  const flat: FlatMap = (z) => {
    evaluations++;
    return tf.tidy(() => tf.reshape(f(tf.reshape(z, shape)), flatShape));
  };
  using samples = new Samples(batch, options);
  const mixing: Mixing[] = [];
  let state = tf.tidy(() => method.start(evaluate(flat, tf.reshape(z0, flatShape))));
  const advance = async (moving: Moving | undefined): Promise<Point> => {
    const before = state;
    state = await method.step(flat, before, moving);
    return before;
  };
  try {
    for (let k = 0; ; k++) {
      await breathe();
      const [abs = [], rel = []] = await readPacked([state.abs, state.rel]);
      samples.note([...(options.stopMode === 'abs' ? abs : rel)]);
      if (samples.status(k >= options.maxIterations) !== 'running' || signal.aborted)
        return undefined;
      if (k > iteration - MIXINGS) {
        const found = await mixingAt(method, state, k, sample);
        if (found) mixing.push(found);
      }
      if (k === iteration) break;
      tf.dispose(await advance(samples.moving));
    }
    const inside = tf.tidy(() => ({ ...method.inside?.(state) }));
    evaluations = 0;
    const before = await advance(samples.moving);
    const sizes = tf.tidy(() => [
      before.abs,
      rowNorm(tf.add(before.z, before.g)),
      rowNorm(before.z),
      rowNorm(tf.sub(state.z, before.z)),
      state.abs,
    ]);
    const [residual, image, size, step, next] = (await readPacked(sizes)).map(
      (values) => values[sample] ?? NaN,
    ) as [number, number, number, number, number];
    const rowOf = async (rows: tf.Tensor2D | undefined): Promise<number[] | undefined> => {
      if (!rows) return undefined;
      return (await rows.array())[sample];
    };
    const [weights, pairs] = [await rowOf(inside.weights), await rowOf(inside.pairs)];
    const fell = state.fellBack ? ((await state.fellBack.data())[sample] ?? 0) > 0 : false;
    const event = fell ? method.fallback : state.event;
    tf.dispose([sizes, inside]);
    tf.dispose(before);
    return {
      ...{ residual, image, size, step, next, evaluations },
      ...(weights ? { weights } : {}),
      ...(mixing.length > 0 ? { mixing } : {}),
      ...(pairs ? { pairs } : {}),
      ...(event ? { event } : {}),
    };
  } finally {
    tf.dispose(state);
  }
}

/** The mixing system of the step that `state` is about to make; undefined where it makes none. */
async function mixingAt<S extends Point>(
  method: Method<S>,
  state: S,
  iteration: number,
  sample: number,
): Promise<Mixing | undefined> {
  const { weights, system, pairs } = tf.tidy(() => ({ ...method.inside?.(state) }));
  try {
    if (!weights || !system) return undefined;
    const alpha = (await weights.array())[sample] ?? [];
    const rows = (await system.array())[sample] ?? [];
    const largest = Math.max(...alpha.map(Math.abs));
    return { iteration, condition: conditionNumber(rows), largest };
  } finally {
    tf.dispose([weights, system, pairs].filter((tensor) => tensor !== undefined));
  }
}
