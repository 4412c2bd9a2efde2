import { linearize } from '../../implicit/linearize.ts';
import {
  allEigenvalues,
  denseJacobian,
  denseNorm,
  spectralNorm,
  spectralRadius,
} from '../../implicit/jacobian.ts';
import type { Finding } from './finding.ts';
import type { GoldenFile } from './goldenFile.ts';
import { openGolden, toTensor } from './withGolden.ts';

/** Larger states than this have their Jacobian by Krylov methods alone. */
const DENSE = 64;

/** How many figures `checkJacobian` finds of a file. */
export const jacobianFigures = ({ fixed_point }: GoldenFile): number =>
  fixed_point.data.length <= DENSE ? 5 : 2;

/** Radius and norm of ∂f/∂z at the fixed point: 1e-2 by Krylov methods, 1e-3 where it is made whole. */
export async function* checkJacobian(file: GoldenFile): AsyncGenerator<Finding, void, undefined> {
  using opened = openGolden(file);
  const { f } = opened;
  const { spectral_radius, spectral_norm, frobenius_sq_over_numel } = file.gradients.jacobian;
  const z = toTensor(file.fixed_point);
  const linearization = linearize((_, state) => f(state), {}, z);
  const off = (found: number, truth: number): number => Math.abs(found / truth - 1);
  try {
    const { radius, settled } = await spectralRadius(linearization, { iterations: 120 });
    yield {
      what: 'spectral radius, by Krylov',
      error: settled ? off(radius, spectral_radius) : NaN,
      bound: 1e-2,
    };
    const norm = await spectralNorm(linearization, f, z, { iterations: 80 });
    yield {
      what: 'spectral norm, by Krylov',
      error: norm.settled ? off(norm.sigma, spectral_norm) : NaN,
      bound: 1e-2,
    };
    if (z.size > DENSE) return;
    const blocks = await denseJacobian(linearization);
    const sizes = allEigenvalues(blocks).map(([re, im]) => Math.hypot(re, im));
    const largest = sizes.length === z.size ? Math.max(...sizes) : NaN;
    yield { what: 'spectral radius, dense', error: off(largest, spectral_radius), bound: 1e-3 };
    yield {
      what: 'spectral norm, dense',
      error: off(denseNorm(blocks), spectral_norm),
      bound: 1e-3,
    };
    const squares = blocks.flat().reduce((sum, row) => sum + row.reduce((s, x) => s + x * x, 0), 0);
    yield {
      what: 'Frobenius norm, dense',
      error: off(squares / z.size, frobenius_sq_over_numel),
      bound: 1e-3,
    };
  } finally {
    linearization.dispose();
    z.dispose();
  }
}
