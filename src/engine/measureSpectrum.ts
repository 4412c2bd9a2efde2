import { linearize } from '../implicit/linearize.ts';
import {
  allEigenvalues,
  denseJacobian,
  denseNorm,
  spectralNorm,
  spectralRadius,
} from '../implicit/jacobian.ts';
import type { Complex } from '../implicit/krylov.ts';
import type * as tf from '../tf/index.ts';
import { breathe } from '../tf/pace.ts';
import type { SpectrumReport } from './protocol/protocol.ts';

/** Up to this many numbers in z, every eigenvalue is computed. */
const denseLimit = 256;

/**
 * Spectral radius and norm of ∂f/∂z at `z`; all eigenvalues where z is small. Borrows `z`. Throws the signal's reason
 * once that is aborted: half a spectrum is of no use.
 */
export async function measureSpectrum(
  f: (z: tf.Tensor) => tf.Tensor,
  z: tf.Tensor,
  iteration: number,
  signal?: AbortSignal,
): Promise<SpectrumReport> {
  const linearization = linearize((_, state) => f(state), {}, z);
  try {
    if (z.size <= denseLimit) {
      const blocks = await denseJacobian(linearization, signal);
      const eigenvalues: Complex[] = [];
      for (const block of blocks) {
        eigenvalues.push(...allEigenvalues([block]));
        // The eigenvalues of the largest take half a second.
        await breathe(signal);
      }
      const radius = Math.max(...eigenvalues.map(([re, im]) => Math.hypot(re, im)));
      const exact = { settled: true, sigmaSettled: true, method: 'dense' as const };
      return { iteration, radius, sigma: denseNorm(blocks), eigenvalues, ...exact };
    }
    const { radius, settled } = await spectralRadius(linearization, { signal });
    const norm = await spectralNorm(linearization, f, z, { signal });
    return {
      iteration,
      radius,
      settled,
      sigma: norm.sigma,
      sigmaSettled: norm.settled,
      method: 'iterative',
    };
  } finally {
    linearization.dispose();
  }
}
