import * as tf from '../tf/index.ts';
import { Owned } from '../tf/owned.ts';
import { readPacked } from '../tf/readback.ts';
import { evaluate, type FlatMap, type Method, type Point } from './method.ts';
import type { Measurement, Stepper } from './stepper.ts';

/** Runs a method of reference operations, one look a step; `start` gives z0 `[batch, n]`. */
export function steppingMethod(method: Method, f: FlatMap, start: () => tf.Tensor2D): Stepper {
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
      return [await measure(current())];
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
    best: () => tf.clone(best?.value ?? current().z),
    newest: () => tf.clone(current().z),
    [Symbol.dispose]: () => {
      state?.[Symbol.dispose]();
      best?.[Symbol.dispose]();
    },
  };
}

/** Read the norms of a point, in one round trip. */
async function measure({ abs, rel, fellBack, event }: Point): Promise<Measurement> {
  const [absolute = [], relative = [], fell = []] = await readPacked(
    fellBack ? [abs, rel, fellBack] : [abs, rel],
  );
  return {
    abs: [...absolute],
    rel: [...relative],
    fellBack: Array.from(fell, (flag) => flag > 0),
    event,
  };
}
