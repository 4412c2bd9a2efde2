import { beforeAll, describe, expect, test } from 'vitest';
import { linearize } from '../src/gradients/linearize.ts';
import {
  allEigenvalues,
  denseJacobian,
  denseNorm,
  spectralNorm,
  spectralRadius,
} from '../src/model/jacobian.ts';
import { initBackend, type BackendName } from '../src/tf/backend.ts';
import * as tf from '../src/tf/index.ts';
import { toTensor } from './golden.ts';
import { gradientCases } from './goldenGradients.ts';
import { failOnLeaks } from './leaks.ts';

/** The Jacobian figures of every golden file, densely and by Krylov methods, to 1e-2. */
export function goldenSpectra(backend: BackendName): void {
  describe(`Jacobians on ${backend}`, () => {
    beforeAll(async () => {
      await initBackend(backend);
    });
    failOnLeaks();
    test.each(gradientCases)('$name', async ({ open, jacobian, fixedPoint }) => {
      using opened = open();
      const { problem } = opened;
      const injection = tf.tidy(() => problem.inject(problem.params));
      const f = (z: tf.Tensor): tf.Tensor => problem.f(problem.params, injection, z);
      const z = toTensor(fixedPoint);
      const linearization = linearize((_, state) => f(state), {}, z);
      try {
        const { radius, settled } = await spectralRadius(linearization, { iterations: 120 });
        expect(settled).toBe(true);
        expect(Math.abs(radius / jacobian.spectral_radius - 1)).toBeLessThan(1e-2);
        const norm = await spectralNorm(linearization, f, z, { iterations: 80 });
        expect(norm.settled).toBe(true);
        expect(Math.abs(norm.sigma / jacobian.spectral_norm - 1)).toBeLessThan(1e-2);
        if (z.size > 64) return;
        const blocks = await denseJacobian(linearization);
        const sizes = allEigenvalues(blocks).map(([re, im]) => Math.hypot(re, im));
        expect(sizes).toHaveLength(z.size);
        expect(Math.abs(Math.max(...sizes) / jacobian.spectral_radius - 1)).toBeLessThan(1e-3);
        expect(Math.abs(denseNorm(blocks) / jacobian.spectral_norm - 1)).toBeLessThan(1e-3);
        const squares = blocks
          .flat()
          .reduce((sum, row) => sum + row.reduce((s, x) => s + x * x, 0), 0);
        expect(Math.abs(squares / z.size / jacobian.frobenius_sq_over_numel - 1)).toBeLessThan(
          1e-3,
        );
      } finally {
        linearization.dispose();
        tf.dispose([injection, z]);
      }
    });
  });
}
