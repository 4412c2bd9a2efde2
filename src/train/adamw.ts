import * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';
import { pack, packingOf, unpack } from './packing.ts';

/** Settings of AdamW. */
export interface AdamWOptions {
  readonly learningRate: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  /** Applies to matrices, not to biases. */
  readonly weightDecay?: number;
  /** Factor on the gradient, default 1: see `clipFactor`. */
  readonly factor?: number;
}

/** Both moments, each as one vector in the order of `packingOf`, and the number of updates made. */
export interface AdamWState {
  readonly step: number;
  readonly first: tf.Tensor1D;
  readonly second: tf.Tensor1D;
}

/** Zero moments for `params`; the caller owns them. */
export function adamwInit(params: Params): AdamWState {
  const { size } = packingOf(params);
  // Computed, not uploaded, so that a memory meter sees them on the device at once.
  const zeros = (): tf.Tensor1D => tf.tidy(() => tf.mul(tf.zeros([size]), 1));
  return { step: 0, first: zeros(), second: zeros() };
}

/** Norm of a gradient over all parameters. */
export async function gradientNorm(gradient: tf.Tensor1D): Promise<number> {
  const norm = tf.tidy(() => tf.sqrt(tf.sum(tf.square(gradient))));
  const [value = NaN] = await norm.data();
  norm.dispose();
  return value;
}

/** What shortens a gradient of that norm to `clip`, and leaves a shorter one; `clip` 0 leaves all. */
export const clipFactor = (norm: number, clip: number): number =>
  clip > 0 && norm > clip ? clip / norm : 1;

/**
 * One update of all parameters at once. Takes over the old parameters, state and the gradient (a
 * vector in the order of `packingOf`), and frees them; the caller owns the new. Loshchilov and
 * Hutter 2019.
 */
export function adamwUpdate(
  gradient: tf.Tensor1D,
  { step: before, first: m, second: v }: AdamWState,
  params: Params,
  options: AdamWOptions,
): { params: Params; state: AdamWState } {
  const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  const { weightDecay = 0, factor = 1 } = options;
  const packing = packingOf(params);
  const step = before + 1;
  // A tidy each, and what is used up goes at once: few copies of all parameters should live together.
  const g = factor === 1 ? tf.clone(gradient) : tf.mul<tf.Tensor1D>(gradient, factor);
  gradient.dispose();
  const first = tf.tidy(() => tf.add<tf.Tensor1D>(tf.mul(m, beta1), tf.mul(g, 1 - beta1)));
  m.dispose();
  const squared = tf.tidy(() => tf.mul(tf.square(g), 1 - beta2));
  g.dispose();
  const second = tf.tidy(() => tf.add<tf.Tensor1D>(tf.mul(v, beta2), squared));
  tf.dispose([v, squared]);
  const scale = tf.tidy(() => tf.add(tf.sqrt(tf.div(second, 1 - beta2 ** step)), epsilon));
  const rate = learningRate / (1 - beta1 ** step);
  const move = tf.tidy(() => tf.mul(tf.div(first, scale), rate));
  scale.dispose();
  const next = tf.tidy(() => {
    const decayed = decay(pack(packing, params), packing.decayed, learningRate * weightDecay);
    return unpack(packing, tf.sub(decayed, move));
  });
  tf.dispose([params, move]);
  return { params: next, state: { step, first, second } };
}

/** Take the share `rate` away from the first `count` numbers. */
function decay(vector: tf.Tensor1D, count: number, rate: number): tf.Tensor1D {
  if (rate === 0 || count === 0) return vector;
  const share = tf.mul(tf.slice(vector, [0], [count]), rate);
  return tf.sub(vector, tf.pad(share, [[0, vector.size - count]]));
}
