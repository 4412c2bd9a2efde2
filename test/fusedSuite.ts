/**
 * A fused kernel against the reference operation on the CPU: nothing is compiled there, and sums are made in
 * float64. That the stock kernels agree on the GPU too, `checkKernels` looks at on every device.
 */
import { expect } from 'vitest';
import { onCpu } from '../src/tf/backend.ts';
import { setFused } from '../src/tf/fused.ts';
import * as tf from '../src/tf/index.ts';
import { record } from '../src/tf/tape.ts';
import { wave } from './wave.ts';

/** The result, and the cotangents of all inputs for each of two cotangents of the result. */
type Values = readonly Float32Array[];

/** Evaluate and pull back; the inputs are freed in between, as a solver does. */
async function evaluate(
  on: boolean,
  shapes: readonly (readonly number[])[],
  f: (inputs: readonly tf.Tensor[]) => tf.Tensor,
): Promise<{ forward: Float32Array; backward: Values }> {
  setFused(on);
  try {
    const inputs = Object.fromEntries(shapes.map((s, i) => [String(i), wave(s, 1.3 + 0.7 * i)]));
    const names = Object.keys(inputs);
    using recording = record((given) => f(names.map((name) => given[name] as tf.Tensor)), inputs);
    tf.dispose(inputs);
    const forward = (await recording.value.data()) as Float32Array;
    const backward: Float32Array[] = [];
    for (const pace of [0.9, 2.3]) {
      const cotangent = wave(recording.value.shape, pace);
      const pulled = recording.pullback(cotangent, names);
      cotangent.dispose();
      for (const [i, name] of names.entries()) {
        const gradient = pulled[name];
        expect(gradient?.shape).toEqual(shapes[i]);
        backward.push((await gradient?.data()) as Float32Array);
      }
      tf.dispose(pulled);
    }
    return { forward, backward };
  } finally {
    setFused(true);
  }
}

/** The largest difference over the largest value. Terms that cancel to nothing count from `floor`. */
export function relativeError(values: Float32Array, truth: Float32Array, floor = 0): number {
  expect(values.length).toBe(truth.length);
  let [error, scale] = [0, floor];
  for (const [i, expected] of truth.entries()) {
    // Math.max keeps a NaN.
    error = Math.max(error, Math.abs((values[i] ?? NaN) - expected));
    scale = Math.max(scale, Math.abs(expected));
  }
  return error / scale;
}

/** Forward to 1e-5 and every cotangent to 1e-4 of the reference, and the same bits twice. */
export async function expectFused(
  shapes: readonly (readonly number[])[],
  f: (inputs: readonly tf.Tensor[]) => tf.Tensor,
): Promise<void> {
  const fused = await evaluate(true, shapes, f);
  const again = await evaluate(true, shapes, f);
  const reference = await onCpu(() => evaluate(false, shapes, f));
  expect(again).toEqual(fused);
  expect(relativeError(fused.forward, reference.forward, 1e-2)).toBeLessThan(1e-5);
  for (const [i, cotangent] of fused.backward.entries())
    expect(
      relativeError(cotangent, reference.backward[i] as Float32Array, 1e-2),
      `cotangent of input ${i % shapes.length}`,
    ).toBeLessThan(1e-4);
}
