import { fusedOn } from '../tf/fused.ts';
import { rowNorm } from '../numerics/method.ts';
import * as tf from '../tf/index.ts';
import type { Params } from '../tf/params.ts';
import { moveParams, packingOf } from './packing.ts';
import {
  fusedMoments,
  fusedNorm,
  type Coefficients,
  type MomentUpdate,
  type Moments,
} from './wgsl/adamw.ts';
import { readAndFree } from '../tf/readback.ts';

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

/** Both moments, in the order of `packingOf`, and the number of updates made. */
export interface AdamWState extends Moments {
  readonly step: number;
}

/** Zero moments for `params`; the caller owns them. */
export function adamwInit(params: Params): AdamWState {
  const { size } = packingOf(params);
  // Computed, not uploaded, so that a memory meter sees them on the device at once.
  const zeros = (): tf.Tensor1D => tf.tidy(() => tf.mul(tf.zeros([size]), 1));
  return { step: 0, first: zeros(), second: zeros() };
}

/** ‖gradient‖₂ as one number on the device; the caller owns it. */
export const normOf = (gradient: tf.Tensor1D): tf.Tensor =>
  tf.tidy(() => (fusedOn() ? fusedNorm(gradient) : tf.sqrt(tf.sum(tf.square(gradient)))));

/** Norms outside of this may have lost squares to float32's range. */
const sure = { from: 1e-12, to: 1e18 } as const;

/** Norm of a gradient over all parameters; right also where its squares are no float32 numbers. */
export const gradientNorm = async (gradient: tf.Tensor1D): Promise<number> =>
  sureNorm(await numberOf(normOf(gradient)), gradient);

/** The norm of a gradient that `normOf` was read as `value`: another way where that may have lost squares. */
export const sureNorm = (value: number, gradient: tf.Tensor1D): Promise<number> | number =>
  value > sure.from && value < sure.to
    ? value
    : numberOf(tf.tidy(() => rowNorm(tf.reshape(gradient, [1, gradient.size]))));

/** The one number of a tensor, which is freed. */
async function numberOf(x: tf.Tensor): Promise<number> {
  const [value = NaN] = await readAndFree(x);
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
  { step: before, ...old }: AdamWState,
  params: Params,
  options: AdamWOptions,
): { params: Params; state: AdamWState } {
  const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  const { weightDecay = 0, factor = 1 } = options;
  const step = before + 1;
  const coefficients = {
    ...{ beta1, beta2, epsilon, factor },
    rate: learningRate / (1 - beta1 ** step),
    correction: 1 - beta2 ** step,
  };
  const { move, ...moments } = updateMoments(gradient, old, coefficients);
  const next = tf.tidy(() =>
    moveParams(packingOf(params), params, move, learningRate * weightDecay),
  );
  tf.dispose([params, move]);
  return { params: next, state: { step, ...moments } };
}

/** Takes over the gradient and the old moments; the caller owns the result. */
function updateMoments(
  gradient: tf.Tensor1D,
  old: Moments,
  coefficients: Coefficients,
): MomentUpdate {
  if (fusedOn()) {
    // New tensors, not in place: moments that were saved have been read, and what was read is kept.
    const updated = fusedMoments(gradient, old, coefficients);
    tf.dispose([gradient, old.first, old.second]);
    return updated;
  }
  const { beta1, beta2, epsilon, factor, rate, correction } = coefficients;
  // A tidy each, and what is used up goes at once: few copies of all parameters should live together.
  const g = factor === 1 ? tf.clone(gradient) : tf.mul<tf.Tensor1D>(gradient, factor);
  gradient.dispose();
  const first = tf.tidy(() => tf.add<tf.Tensor1D>(tf.mul(old.first, beta1), tf.mul(g, 1 - beta1)));
  old.first.dispose();
  const squared = tf.tidy(() => tf.mul(tf.square(g), 1 - beta2));
  g.dispose();
  const second = tf.tidy(() => tf.add<tf.Tensor1D>(tf.mul(old.second, beta2), squared));
  tf.dispose([old.second, squared]);
  const scale = tf.tidy(() => tf.add(tf.sqrt(tf.div(second, correction)), epsilon));
  const move = tf.tidy(() => tf.mul<tf.Tensor1D>(tf.div(first, scale), rate));
  scale.dispose();
  return { first, second, move };
}
