/** Backward passes that reuse the forward one, by the fused solver. */
import { expect, test } from 'vitest';
import { onGpu } from '../../test/onGpu.ts';
import { openToy, toyProblem } from '../../test/toy.ts';
import type { SolverOptions } from '../numerics/solver.ts';
import { onCpu } from '../tf/backend.ts';
import { setFused } from '../tf/fused.ts';
import * as tf from '../tf/index.ts';
import { param } from '../tf/params.ts';
import { valueAndGradient, type GradientMethod } from './valueAndGradient.ts';

onGpu();

const solver: SolverOptions = {
  method: 'broyden',
  history: 40,
  maxIterations: 40,
  tolerance: 1e-4,
  stopMode: 'rel',
};

/** The gradient of a toy problem's loss on the current backend, and the products with Jᵀ behind it. */
async function gradientOf(gradient: GradientMethod): Promise<{ g: number[]; products: number }> {
  using toy = openToy(0.6);
  const found = await valueAndGradient(toyProblem(toy), { forward: solver, gradient });
  const g = [...(await param(found.gradients, 'w').data())];
  tf.dispose([found.gradients, found.forward?.z ?? [], found.backward?.z ?? []]);
  return { g, products: found.backward?.evaluations ?? 0 };
}

const far = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((x, i) => x - (b[i] ?? NaN))) / Math.hypot(...b);

test('a seeded adjoint finds the plain one’s gradient by fewer products; SHINE is that of the reference', async () => {
  setFused(true);
  const plain = await gradientOf({ kind: 'implicit', solver });
  const seeded = await gradientOf({ kind: 'implicit', solver, seeded: true });
  const shine = await gradientOf({ kind: 'shine' });
  expect(seeded.products).toBeLessThan(plain.products);
  expect(far(seeded.g, plain.g)).toBeLessThan(1e-3);
  setFused(false);
  const reference = await onCpu(() => gradientOf({ kind: 'shine' }));
  expect(far(shine.g, reference.g)).toBeLessThan(2e-3);
  expect(far(shine.g, plain.g)).toBeGreaterThan(far(shine.g, reference.g));
});
