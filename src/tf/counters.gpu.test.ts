import { beforeAll, expect, test } from 'vitest';
import { initBackend } from './backend.ts';
import { GpuCounters, subtract } from './counters.ts';
import * as tf from './index.ts';

beforeAll(async () => {
  await initBackend('webgpu');
});

/** One dispatch of tfjs, read back. */
async function readSquare(): Promise<void> {
  const x = tf.tensor1d([1, 2, 3]);
  const y = tf.square(x);
  await y.data();
  tf.dispose([x, y]);
}

test('counts dispatches, read-backs and pipelines, of nested counters each its own', async () => {
  using outer = new GpuCounters();
  await readSquare();
  const first = outer.sample();
  expect(first).toMatchObject({ dispatches: 1, readbacks: 1 });
  // Whether another test compiled it before is not known here.
  expect(first.pipelines).toBeLessThanOrEqual(1);
  using inner = new GpuCounters();
  await readSquare();
  expect(inner.sample()).toEqual({ dispatches: 1, readbacks: 1, pipelines: 0 });
  expect(subtract(outer.sample(), first)).toEqual(inner.sample());
});

test('leaves the methods as they were, in any order of disposal', async () => {
  const prototype = GPUComputePassEncoder.prototype as unknown as Record<string, unknown>;
  const original = prototype['dispatchWorkgroups'];
  const [a, b] = [new GpuCounters(), new GpuCounters()];
  expect(prototype['dispatchWorkgroups']).not.toBe(original);
  a[Symbol.dispose]();
  await readSquare();
  expect(b.sample().dispatches).toBe(1);
  b[Symbol.dispose]();
  b[Symbol.dispose]();
  expect(prototype['dispatchWorkgroups']).toBe(original);
});
