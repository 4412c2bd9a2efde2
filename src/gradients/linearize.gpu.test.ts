import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { goldenFiles } from '../../test/golden.ts';
import { openGolden } from '../engine/check/openGolden.ts';
import { initBackend } from '../tf/backend.ts';
import * as tf from '../tf/index.ts';
import { linearize } from './linearize.ts';

beforeAll(async () => {
  await initBackend('webgpu');
});
failOnLeaks();

test('a vjp evaluates f no time and takes at most three quarters of f and VJP by tf.grad', async () => {
  const file = goldenFiles['transformer-post-ln'];
  if (!file) throw new Error('There is no such golden case.');
  using opened = openGolden(file);
  const { problem, injection } = opened;
  let calls = 0;
  const f = (z: tf.Tensor): tf.Tensor => {
    calls++;
    return problem.f(problem.params, injection, z);
  };
  const z = tf.tidy(() => tf.add(problem.initialState(), 0.1));
  const u = tf.onesLike(z);
  const linearization = linearize((_, state) => f(state), {}, z);
  calls = 0;

  const time = async (make: () => tf.Tensor): Promise<number> => {
    const started = performance.now();
    for (let i = 0; i < 3; i++) {
      const result = tf.tidy(make);
      await result.data();
      result.dispose();
    }
    return performance.now() - started;
  };
  const replay = (): Promise<number> => time(() => linearization.vjp(u));
  const again = (): Promise<number> => time(() => tf.grad(f)(z, u));
  // The first runs compile; then alternate, so that both see the same machine.
  await replay();
  expect(calls).toBe(0);
  await again();
  const ratios: number[] = [];
  for (let round = 0; round < 9; round++) ratios.push((await replay()) / (await again()));
  ratios.sort((a, b) => a - b);
  const median = ratios[4] ?? NaN;
  console.log(`adjoint iteration / (f + VJP by tf.grad): ${median.toFixed(2)}`);
  expect(median).toBeLessThan(0.75);
  linearization.dispose();
  tf.dispose([z, u]);
});
