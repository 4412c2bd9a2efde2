/** What an optimizer does with vectors of all numbers at once. */
import { total } from '../../ops/wgsl/access.ts';
import type * as tf from '../../tf/index.ts';
import { compute, computeOne, typeOf, componentsFor } from '../../tf/programs.ts';
import { strideOf } from './stride.ts';

/** Both moments of a gradient, each as one vector. */
export interface Moments {
  readonly first: tf.Tensor1D;
  readonly second: tf.Tensor1D;
}

/** New moments, and what is to be taken off the parameters. */
export interface MomentUpdate extends Moments {
  readonly move: tf.Tensor1D;
}

/** The numbers in one update of the moments. */
export interface Coefficients {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** On the gradient, to clip it. */
  readonly factor: number;
  /** On the move: the learning rate, corrected for the bias of the first moment. */
  readonly rate: number;
  /** Under the second moment, for its bias. */
  readonly correction: number;
}

/** Threads that square and add; a multiple of four, because one thread adds their sums by fours. */
const parts = 1024;

/** `‖x‖₂` as `[1]`, added in the same order every time. Call inside a tidy. */
export function fusedNorm(x: tf.Tensor1D): tf.Tensor1D {
  const components = componentsFor(x.size);
  const sums = computeOne({
    key: `squares ${components}`,
    reads: { x: [x, components] },
    sizes: { elements: x.size / components },
    result: [[parts], 1],
    threads: parts,
    source: () => `
fn main(index: i32) {
  if (index >= ${parts}) { return; }
  var sum = ${typeOf(components)}(0.0);
  for (var at = index; at < uniforms.elements; at += ${parts}) { sum += x[at] * x[at]; }
  result[index] = ${total(components, 'sum')};
}`,
  });
  return computeOne({
    key: 'norm',
    reads: { sums: [sums, 4] },
    sizes: { elements: parts / 4 },
    result: [[1], 1],
    threads: 1,
    source: () => `
fn main(index: i32) {
  if (index > 0) { return; }
  var sum = vec4<f32>(0.0);
  for (var at = 0; at < uniforms.elements; at++) { sum += sums[at]; }
  result[0] = sqrt(${total(4, 'sum')});
}`,
  }) as tf.Tensor1D;
}

/** New moments and the move in one dispatch. Borrows its arguments. */
export function fusedMoments(
  gradient: tf.Tensor1D,
  { first, second }: Moments,
  coefficients: Coefficients,
): MomentUpdate {
  const { size } = gradient;
  const components = componentsFor(size);
  const elements = size / components;
  const stride = strideOf(elements);
  const [move, nextFirst, nextSecond] = compute({
    key: `adamw ${components}`,
    reads: {
      gradient: [gradient, components],
      first: [first, components],
      second: [second, components],
    },
    sizes: { elements, stride },
    // The complements too: in float32, 1 − 0.999 has four digits.
    numbers: {
      ...coefficients,
      complement1: 1 - coefficients.beta1,
      complement2: 1 - coefficients.beta2,
    },
    result: [[size], components],
    also: { nextFirst: [[size], components], nextSecond: [[size], components] },
    threads: stride,
    source: () => `
fn main(index: i32) {
  if (index >= uniforms.stride) { return; }
  for (var at = index; at < uniforms.elements; at += uniforms.stride) {
    let g = uniforms.factor * gradient[at];
    let m = uniforms.beta1 * first[at] + uniforms.complement1 * g;
    let v = uniforms.beta2 * second[at] + uniforms.complement2 * g * g;
    nextFirst[at] = m;
    nextSecond[at] = v;
    result[at] = uniforms.rate * (m / (sqrt(v / uniforms.correction) + uniforms.epsilon));
  }
}`,
  }) as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];
  return { move, first: nextFirst, second: nextSecond };
}
