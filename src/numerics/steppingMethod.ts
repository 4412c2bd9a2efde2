import * as tf from '../tf/index.ts';
import { Owned } from '../tf/owned.ts';
import { readPacked } from '../tf/readback.ts';
import { conventionOf, type Convention } from './conventions.ts';
import { evaluate, relativeFloor, type FlatMap, type Method, type Point } from './method.ts';
import { joined, lengthOf, relativeTo, scaledNorm, type ScaledNorm } from './norms.ts';
import type { SolverOptions } from './solver.ts';
import type { Measurement, Stepper } from './stepper.ts';

/** A stepper whose states can be looked into. */
export interface LookedInto extends Stepper {
  /** The method's state at the newest point; borrowed, and gone when the stepper moves on. */
  readonly state: () => Point;
}

/** Runs a method of reference operations, one look a step; `start` gives z0 `[batch, n]`. */
export function steppingMethod(
  method: Method,
  f: FlatMap,
  start: () => tf.Tensor2D,
  options: SolverOptions,
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
      return [await measure(current(), convention, damping)];
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
): Promise<Measurement> {
  const { fellBack, event } = point;
  const measured = tf.tidy(() => normsOf(point, convention, damping));
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
  };
}

/** Absolute and relative residual `[batch]` of a point, as a convention has them; new tensors. */
function normsOf(
  { z, g, abs, rel }: Point,
  { scope, floor, damped }: Convention,
  damping: number,
): { abs: tf.Tensor; rel: tf.Tensor } {
  // As every method measures it.
  if (scope !== 'batch' && !damped && floor === relativeFloor)
    return { abs: tf.clone(abs), rel: tf.clone(rel) };
  const beta = damped ? damping : 1;
  const step = tf.mul<tf.Tensor2D>(g, beta);
  const whole = (rows: ScaledNorm): ScaledNorm => (scope === 'batch' ? joined(rows) : rows);
  const length = whole(scaledNorm(step));
  const size = whole(scaledNorm(tf.add(z, step)));
  return { abs: lengthOf(length), rel: relativeTo(length, size, floor) };
}
