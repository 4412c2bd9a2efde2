import { record } from '../tf/tape.ts';
import * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';

/** f near one point: its value there and its derivative, ready to be applied many times. */
export interface Linearization {
  /** `f(params, z)`; belongs to the linearization. */
  readonly value: tf.Tensor;
  /** `uᵀ ∂f/∂z`, shape of z. One backward pass, no forward pass. The caller owns it. */
  vjp(cotangent: tf.Tensor): tf.Tensor;
  /** `uᵀ ∂f/∂θ` for every parameter; zeros where f does not depend on it. The caller owns them. */
  vjpParams(cotangent: tf.Tensor): Params;
  /** Free the value and everything that was kept. */
  dispose(): void;
}

const state = 'z';
const prefix = 'θ ';

/**
 * Evaluate `f` once at `z` `[batch, ...state]` and keep its tape, so that an adjoint iteration
 * costs one backward pass. Call it outside any tidy. Borrows its arguments.
 */
export function linearize(
  f: (params: Params, z: tf.Tensor) => tf.Tensor,
  params: Params,
  z: tf.Tensor,
): Linearization {
  const names = Object.keys(params);
  const inputs: Record<string, tf.Tensor> = { [state]: z };
  // Prefixed, so that a parameter may be called z.
  for (const name of names) inputs[prefix + name] = params[name] as tf.Tensor;
  const recording = record((given) => {
    const own = names.map((name): [string, tf.Tensor] => [name, given[prefix + name] as tf.Tensor]);
    return f(Object.fromEntries(own), given[state] as tf.Tensor);
  }, inputs);
  const wanted = names.map((name) => prefix + name);
  return {
    value: recording.value,
    vjp: (cotangent) => recording.pullback(cotangent, [state])[state] ?? tf.zerosLike(z),
    vjpParams: (cotangent) => {
      const pulled = recording.pullback(cotangent, wanted);
      return Object.fromEntries(
        names.map((name) => [
          name,
          pulled[prefix + name] ?? tf.zerosLike(params[name] as tf.Tensor),
        ]),
      );
    },
    dispose: () => {
      recording[Symbol.dispose]();
    },
  };
}
