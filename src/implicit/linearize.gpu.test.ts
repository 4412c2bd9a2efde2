import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { goldenFiles } from '../../test/golden.ts';
import { openGolden } from '../engine/check/withGolden.ts';
import { initBackend } from '../tf/backend.ts';
import { GpuCounters } from '../tf/counters.ts';
import { setFused } from '../tf/fused.ts';
import * as tf from '../tf/index.ts';
import { linearize } from './linearize.ts';

beforeAll(async () => {
  await initBackend('webgpu');
});
failOnLeaks();

// How long each takes is a row of the bench; dispatches are what does not depend on the machine.
test('a vjp evaluates f no time: at most three quarters of the dispatches of tf.grad', async () => {
  setFused(true);
  const file = goldenFiles['transformer-post-ln'];
  if (!file) throw new Error('There is no such golden case.');
  using opened = openGolden(file);
  const { problem } = opened;
  let calls = 0;
  const f = (z: tf.Tensor): tf.Tensor => {
    calls++;
    return opened.f(z);
  };
  const z = tf.tidy(() => tf.add(problem.initialState(), 0.1));
  const u = tf.onesLike(z);
  const linearization = linearize((_, state) => f(state), {}, z);
  expect(calls).toBe(1);
  const count = async (make: () => tf.Tensor): Promise<[number, Float32Array]> => {
    using counter = new GpuCounters();
    const result = tf.tidy(make);
    const values = (await result.data()).slice() as Float32Array;
    result.dispose();
    return [counter.sample().dispatches, values];
  };
  const [replayed, product] = await count(() => linearization.vjp(u));
  expect(calls).toBe(1);
  const [again, truth] = await count(() => tf.grad(f)(z, u));
  expect(calls).toBe(2);
  for (const [i, value] of product.entries()) expect(value).toBeCloseTo(truth[i] ?? NaN, 4);
  expect(replayed).toBeGreaterThan(0);
  expect(replayed / again).toBeLessThan(0.75);
  linearization.dispose();
  tf.dispose([z, u]);
  setFused(false);
});
