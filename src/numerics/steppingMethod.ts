import * as tf from '../tf/index.ts';
import { Owned } from '../tf/owned.ts';
import { readPacked } from '../tf/readback.ts';
import { conventionOf } from './conventions.ts';
import { relativeFloor, type Convention } from './conventions/settings.ts';
import { evaluate, type FlatMap, type Method, type Point } from './method.ts';
import { joined, lengthOf, relativeTo, scaledNorm, type ScaledNorm } from './norms.ts';
import type { SolverOptions } from './solver.ts';
import type { Measurement, Stepper } from './stepper.ts';

/** A stepper whose states can be looked into. */
export interface LookedInto extends Stepper {
  /** The method's state at the newest point; borrowed, and gone when the stepper moves on. */
  readonly state: () => Point;
}

/** What a point is judged by in place of the iterated map's own residual. Call inside a tidy. */
export type JudgeOf = (
  point: Pick<Point, 'z' | 'g'>,
  /** β of a convention that measures the step β g in place of a residual. */
  step?: number,
) => {
  /** The residual `[batch, n]`. */
  readonly g: tf.Tensor2D;
  /** What it is measured against `[batch, n]`. */
  readonly image: tf.Tensor2D;
};

/**
 * Runs a method of reference operations, one look a step; `start` gives z0 `[batch, n]`. `judge`: for an
 * f that stands for another map, whose residual counts.
 */
export function steppingMethod(
  method: Method,
  f: FlatMap,
  start: () => tf.Tensor2D,
  options: SolverOptions,
  judge?: JudgeOf,
): LookedInto {
  const convention = conventionOf(options);
  const { damping = 1 } = options;
  let state: Owned<Point> | undefined;
  let best: Owned<tf.Tensor2D> | undefined;
  const current = (): Point => {
    if (!state) throw new Error('The solve has no point yet.');
    return state.value;
  };
  return {
    fallback: method.fallback,
    async advance(_, moving) {
      if (state) state.set(await method.step(f, state.value, moving));
      else {
        state = new Owned(() => method.start(evaluate(f, start())));
        best = new Owned(() => tf.clone(current().z));
      }
      return [await measure(current(), convention, damping, judge)];
    },
    // Reference operations compile as they come: their kernels change with the history.
    rehearse: () => {
      tf.dispose(tf.tidy(() => evaluate(f, start())));
    },
    settle(better) {
      const { z } = current();
      if (better.every(Boolean)) best?.set(tf.clone(z));
      else if (better.some(Boolean))
        best?.set(
          tf.tidy(() =>
            tf.where(tf.tensor([...better], [better.length, 1], 'bool'), z, best?.value ?? z),
          ),
        );
    },
    state: current,
    best: () => tf.clone(best?.value ?? current().z),
    newest: () => tf.clone(current().z),
    inverse: () => tf.tidy(() => method.inverse?.(current())),
    [Symbol.dispose]: () => {
      state?.[Symbol.dispose]();
      best?.[Symbol.dispose]();
    },
  };
}

/** Read the norms of a point, in one round trip. */
async function measure(
  point: Point,
  convention: Convention,
  damping: number,
  judge: JudgeOf | undefined,
): Promise<Measurement> {
  const { fellBack, event, figures } = point;
  const measured = tf.tidy(() => normsOf(point, convention, damping, judge));
  const { abs, rel } = measured;
  const [absolute = [], relative = [], fell = []] = await readPacked(
    fellBack ? [abs, rel, fellBack] : [abs, rel],
  );
  tf.dispose(measured);
  return {
    abs: [...absolute],
    rel: [...relative],
    fellBack: Array.from(fell, (flag) => flag > 0),
    event,
    figures,
  };
}

/** Absolute and relative residual `[batch]` of a point, as a convention has them; new tensors. */
function normsOf(
  { z, g, abs, rel }: Point,
  { scope, floor, damped }: Convention,
  damping: number,
  judge: JudgeOf | undefined,
): { abs: tf.Tensor; rel: tf.Tensor } {
  // As every method measures it.
  if (scope !== 'batch' && !damped && floor === relativeFloor && !judge)
    return { abs: tf.clone(abs), rel: tf.clone(rel) };
  const judged = (): ReturnType<JudgeOf> => {
    if (judge) return judge({ z, g }, damped ? damping : undefined);
    const step = tf.mul<tf.Tensor2D>(g, damped ? damping : 1);
    return { g: step, image: tf.add(z, step) };
  };
  const { g: step, image } = judged();
  const whole = (rows: ScaledNorm): ScaledNorm => (scope === 'batch' ? joined(rows) : rows);
  const length = whole(scaledNorm(step));
  const size = whole(scaledNorm(image));
  return { abs: lengthOf(length), rel: relativeTo(length, size, floor) };
}
