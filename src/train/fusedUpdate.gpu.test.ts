/** The optimizer's kernels on the GPU against the reference operations on the CPU. */
import { describe, expect, test } from 'vitest';
import { relativeError } from '../../test/fusedSuite.ts';
import { onGpu } from '../../test/onGpu.ts';
import { wave } from '../../test/wave.ts';
import { onCpu } from '../tf/backend.ts';
import { setFused } from '../tf/fused.ts';
import * as tf from '../tf/index.ts';
import { MemoryMeter } from '../tf/memory.ts';
import type { Params } from '../tf/params.ts';
import { adamwInit, adamwUpdate, clipFactor, gradientNorm } from './adamw.ts';
import { packGradient } from './packing.ts';

onGpu();

/** Every other one is a bias, which does not decay. */
const nameOf = (i: number): string => (i % 2 ? `${i}.bias` : `${i}.weight`);

/** Tensors of the given shapes. */
const make = (shapes: readonly (readonly number[])[], pace: number): Params =>
  Object.fromEntries(shapes.map((shape, i) => [nameOf(i), wave(shape, pace + 0.3 * i)]));

/** Norms, parameters and moments after three updates. */
async function train(
  on: boolean,
  shapes: readonly (readonly number[])[],
  weightDecay: number,
  clip: number,
): Promise<Record<string, Float32Array>> {
  setFused(on);
  let params = make(shapes, 0.8);
  let state = adamwInit(params);
  const norms: number[] = [];
  for (let step = 0; step < 3; step++) {
    const gradient = packGradient(params, make(shapes, 1.1 + step));
    const norm = await gradientNorm(gradient);
    norms.push(norm);
    const options = { learningRate: 0.1, weightDecay, factor: clipFactor(norm, clip) };
    ({ params, state } = adamwUpdate(gradient, state, params, options));
  }
  const tensors = { ...params, first: state.first, second: state.second };
  const found: Record<string, Float32Array> = { norms: Float32Array.from(norms) };
  for (const [name, tensor] of Object.entries<tf.Tensor>(tensors))
    found[name] = (await tensor.data()).slice() as Float32Array;
  for (const [i, shape] of shapes.entries()) expect(params[nameOf(i)]?.shape).toEqual(shape);
  tf.dispose(tensors);
  return found;
}

describe('AdamW in fused kernels is the reference', () => {
  test.each([
    ['one number', [[1]]],
    ['a vector', [[4]]],
    ['odd sizes', [[3, 5], [7], [2, 1, 3], [1], [129]]],
    ['as many tensors as go into a dispatch', Array.from({ length: 7 }, () => [2, 2])],
    ['one more', Array.from({ length: 8 }, (_, i) => [i + 1, 3])],
    ['fifteen', Array.from({ length: 15 }, (_, i) => [2, i + 1])],
    ['more numbers than threads', [[130, 257], [33]]],
  ])('%s', async (_, shapes) => {
    for (const [decay, clip] of [
      [0, 0],
      [0.3, 0.5],
    ] as const) {
      const fused = await train(true, shapes, decay, clip);
      expect(await train(true, shapes, decay, clip)).toEqual(fused);
      const reference = await onCpu(() => train(false, shapes, decay, clip));
      expect(Object.keys(fused)).toEqual(Object.keys(reference));
      for (const [name, values] of Object.entries(fused))
        expect(relativeError(values, reference[name] as Float32Array), name).toBeLessThan(1e-5);
    }
  });
});

test('a gradient that is not finite has no finite norm', async () => {
  setFused(true);
  for (const value of [NaN, Infinity, -Infinity]) {
    const gradient = tf.tensor1d([1, value, 2, 3, 4]);
    expect(Number.isFinite(await gradientNorm(gradient))).toBe(false);
    gradient.dispose();
  }
});

test('what was read before an update and what shares its data stay as they were', async () => {
  setFused(true);
  const shapes = [[3, 5], [7]];
  const params = make(shapes, 0.8);
  const state = adamwInit(params);
  const old = [...Object.values(params), state.first, state.second];
  const kept = old.map((tensor) => tf.clone(tensor));
  const read = await Promise.all(old.map(async (tensor) => (await tensor.data()).slice()));
  const gradient = packGradient(params, make(shapes, 1.1));
  const updated = adamwUpdate(gradient, state, params, { learningRate: 0.1 });
  for (const [i, tensor] of kept.entries()) {
    // Computed again, because the numbers of a tensor that was read are not read again.
    const now = tf.mul(tensor, 1);
    expect(await now.data()).toEqual(read[i]);
    now.dispose();
  }
  expect(await updated.state.first.data()).not.toEqual(read.at(-2));
  tf.dispose([kept, updated.params, updated.state.first, updated.state.second]);
});

test('a fused update needs no more memory than the reference', async () => {
  const peakOf = async (on: boolean): Promise<number> => {
    setFused(on);
    const shapes = [
      [64, 128],
      [64, 32],
    ];
    const params = make(shapes, 0.8);
    const state = adamwInit(params);
    const gradient = packGradient(params, make(shapes, 1.1));
    await gradientNorm(gradient);
    using meter = new MemoryMeter();
    const options = { learningRate: 0.1, weightDecay: 0.3, factor: 0.5 };
    const updated = adamwUpdate(gradient, state, params, options);
    const { peak } = meter.sample();
    tf.dispose([updated.params, updated.state.first, updated.state.second]);
    return peak;
  };
  expect(await peakOf(true)).toBeLessThanOrEqual(await peakOf(false));
});
