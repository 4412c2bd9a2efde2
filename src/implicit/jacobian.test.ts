import { beforeAll, describe, expect, test } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { goldenSpectra } from '../../test/spectrumSuite.ts';
import { linearize } from './linearize.ts';
import { solve } from '../numerics/iterate.ts';
import { initBackend } from '../tf/backend.ts';
import * as tf from '../tf/index.ts';
import { param, type Params } from '../tf/params.ts';
import { spectralRadius } from './jacobian.ts';
import { jacobianPenalty } from './jacobianPenalty.ts';
import { openToy } from '../../test/toy.ts';

goldenSpectra('cpu');

beforeAll(async () => {
  await initBackend('cpu');
});

describe('toy problems C and D', () => {
  failOnLeaks();

  // Peers' figures, per sample; the batch's radius is the larger.
  test.each([
    ['C', 0.45, 0.852349673],
    ['D', 0.6, 1.139307551],
  ] as const)(
    'spectral radius of %s, a complex pair, where the power method fails',
    async (_, scale, rho) => {
      using toy = openToy(scale);
      const { z } = await solve(toy.f, toy.z0, {
        method: 'broyden',
        maxIterations: 60,
        tolerance: 3e-7,
        stopMode: 'rel',
        history: Infinity,
      });
      const linearization = linearize((_params, state) => toy.f(state), {}, z);
      const { radius, settled } = await spectralRadius(linearization);
      expect(settled).toBe(true);
      // C has two pairs within half a percent of each other, which is how far we settle.
      expect(Math.abs(radius / rho - 1)).toBeLessThan(5e-3);
      linearization.dispose();
      z.dispose();
    },
  );

  test('too few iterations are "not settled"', async () => {
    using toy = openToy(0.6);
    const linearization = linearize((_params, state) => toy.f(state), {}, toy.z0);
    expect(await spectralRadius(linearization, { iterations: 4 })).toMatchObject({
      settled: false,
      iterations: 4,
    });
    linearization.dispose();
  });

  test('the Jacobian penalty is unbiased: .555885 on C, the mean over all probes', async () => {
    using toy = openToy(0.45);
    const { z } = await solve(toy.f, toy.z0, {
      method: 'broyden',
      maxIterations: 60,
      tolerance: 1e-6,
      stopMode: 'rel',
      history: Infinity,
    });
    // Quadratic in a probe whose covariance is I, so that its mean is the sum over unit vectors.
    let mean = 0;
    for (let i = 0; i < z.size; i++) {
      const probe = tf.tensor(
        Array.from({ length: z.size }, (_, j) => Number(i === j)),
        z.shape,
      );
      mean += (await jacobianPenalty((_params, state) => toy.f(state), {}, z, { probe })).value;
      probe.dispose();
    }
    z.dispose();
    expect(Math.abs(mean - 0.555885)).toBeLessThan(2e-6);
  });

  test('the gradient of the Jacobian penalty is that of differences', async () => {
    const params = {
      w: tf.tensor([
        [0.5, -0.3],
        [0.2, 0.7],
      ]),
    };
    const z = tf.tensor([[0.3, -0.6]]);
    const probe = tf.tensor([[1, -2]]);
    // tanh and softmax save their outputs, which tfjs's own second derivative gets wrong.
    const f = (p: Params, x: tf.Tensor): tf.Tensor =>
      tf.softmax(tf.tanh(tf.matMul(x, param(p, 'w'))));
    const { gradients } = await jacobianPenalty(f, params, z, { probe });
    const exact = Array.from(await param(gradients, 'w').data());
    const values = Array.from(await params.w.data());
    const at = async (index: number, by: number): Promise<number> => {
      const w = tf.tensor(
        values.map((x, i) => (i === index ? x + by : x)),
        [2, 2],
      );
      const found = await jacobianPenalty(f, { w }, z, { probe });
      tf.dispose([w, found.gradients]);
      return found.value;
    };
    for (const [index, value] of exact.entries()) {
      const difference = ((await at(index, 1e-2)) - (await at(index, -1e-2))) / 2e-2;
      expect(Math.abs(value - difference)).toBeLessThan(5e-3 * Math.max(...exact.map(Math.abs)));
    }
    tf.dispose([params, z, probe, gradients]);
  });

  test('power steps turn the penalty to what is stretched most, and leave the rest alone', async () => {
    // One direction is doubled, three are shrunk to a tenth.
    const w = tf.tensor(
      [2, 0.1, 0.1, 0.1].map((x, i) => [0, 1, 2, 3].map((j) => (i === j ? x : 0))),
    );
    const z = tf.zeros([1, 4]);
    const probe = tf.tensor([[0.5, 1, -1, 2]]);
    const f = (p: Params, x: tf.Tensor): tf.Tensor => tf.matMul(x, param(p, 'w'));
    const all = await jacobianPenalty(f, { w }, z, { probe });
    const most = await jacobianPenalty(f, { w }, z, { probe, power: 3 });
    // ‖Jᵀv‖² / 4 of the probe itself; after the steps σ² ‖v‖² / 4, since their length is the probe's.
    expect(all.value).toBeCloseTo((1 + 0.01 * 6) / 4, 4);
    expect(most.value).toBeCloseTo((4 * 6.25) / 4, 1);
    // 2 v (Jᵀv)ᵀ / 4: for what is doubled, and nearly nothing else.
    const gradient = Array.from(await param(most.gradients, 'w').data());
    expect(gradient[0]).toBeCloseTo((2 * 2 * 6.25) / 4, 1);
    expect(Math.hypot(...gradient.slice(1))).toBeLessThan(0.05 * (gradient[0] ?? 0));
    tf.dispose([w, z, probe, all.gradients, most.gradients]);
  });
});
