import * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';

/** Settings of AdamW. */
export interface AdamWOptions {
  readonly learningRate: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  readonly weightDecay?: number;
}

/** First and second moments by parameter name, and the number of updates made. */
export interface AdamWState {
  readonly step: number;
  readonly first: Params;
  readonly second: Params;
}

/** Zero moments for `params`; the caller owns them. */
export function adamwInit(params: Params): AdamWState {
  const zeros = (): Params =>
    Object.fromEntries(
      Object.entries(params).map(([name, p]) => [name, tf.tidy(() => tf.mul(p, 0))]),
    );
  return { step: 0, first: zeros(), second: zeros() };
}

/**
 * One update, parameter by parameter, so that only one parameter's intermediates live at a time.
 * Takes over the old parameters, state and gradients, and frees them; the caller owns the new.
 * Loshchilov and Hutter 2019.
 */
export function adamwUpdate(
  gradients: Params,
  state: AdamWState,
  params: Params,
  { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 }: AdamWOptions,
): { params: Params; state: AdamWState } {
  const step = state.step + 1;
  const next: Record<'params' | 'first' | 'second', Record<string, tf.Tensor>> = {
    params: {},
    first: {},
    second: {},
  };
  for (const [name, p] of Object.entries(params)) {
    const old = [p, gradients[name], state.first[name], state.second[name]] as tf.Tensor[];
    const [, g, m, v] = old as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    // A tidy each: of a large matrix only a few intermediates should live at once.
    const first = tf.tidy(() => tf.add(tf.mul(m, beta1), tf.mul(g, 1 - beta1)));
    const second = tf.tidy(() => tf.add(tf.mul(v, beta2), tf.mul(tf.square(g), 1 - beta2)));
    const rate = tf.tidy(() => {
      const scale = tf.tidy(() => tf.add(tf.sqrt(tf.div(second, 1 - beta2 ** step)), epsilon));
      return tf.div(tf.mul(first, learningRate / (1 - beta1 ** step)), scale);
    });
    const updated = tf.tidy(() => tf.sub(tf.mul(p, 1 - learningRate * weightDecay), rate));
    rate.dispose();
    tf.dispose(old);
    next.first[name] = first;
    next.second[name] = second;
    next.params[name] = updated;
  }
  return { params: next.params, state: { step, first: next.first, second: next.second } };
}
