/** Gradients and maps by the methods of this family, called by their names as everybody does. */
import { beforeAll, describe, expect, test } from 'vitest';
import { freeGolden, largestGap, relativeL2 } from '../../../test/familyGolden.ts';
import fastdeq from '../../../test/golden/families/fastdeq.json';
import { failOnLeaks } from '../../../test/leaks.ts';
import type { EquilibriumProblem } from '../../implicit/problem.ts';
import { valueAndGradient } from '../../implicit/valueAndGradient.ts';
import { solveMap } from '../../numerics/iterateMap.ts';
import { initBackend } from '../../tf/backend.ts';
import * as tf from '../../tf/index.ts';
import { steadyGolden } from './golden.ts';

beforeAll(async () => {
  await initBackend('cpu');
});
failOnLeaks();

describe('as the page calls them', () => {
  const forward = { maxIterations: 60, tolerance: 1e-6, stopMode: 'rel' } as const;
  test.each([
    ['newton', 'newton'],
    ['newton-gmres', 'newton-gmres'],
    ['broyden-dense', 'broyden-dense'],
    ['ode', 'newton'],
    ['newton', 'ode'],
  ] as const)('the gradient by %s and an adjoint by %s', async (method, adjoint) => {
    const opened = steadyGolden.open(fastdeq);
    // The flow of the adjoint measures its error by ∂L/∂z, however small that is.
    const scale = adjoint === 'ode' ? 1e-4 : 1;
    const loss: EquilibriumProblem['loss'] = (params, z) =>
      tf.mul(opened.problem.loss(params, z), scale);
    const problem = { ...opened.problem, loss };
    const {
      gradients,
      backward,
      forward: ahead,
    } = await valueAndGradient(problem, {
      forward: { ...forward, method, errorTolerance: 1e-7 },
      gradient: {
        kind: 'implicit',
        solver: { ...forward, method: adjoint, krylov: 20, errorUnit: 'residual' },
      },
    });
    expect([ahead?.status, backward?.status]).toEqual(['converged', 'converged']);
    // An affine map's tangent is the map: two records say so.
    if (adjoint === 'newton') expect(backward?.records).toHaveLength(2);
    for (const [name, { data }] of Object.entries(fastdeq.gradients.exact_implicit))
      expect(
        relativeL2(
          ((await gradients[name]?.data()) ?? []).map((x) => x / scale),
          data,
        ),
        name,
      ).toBeLessThan(1e-3);
    tf.dispose([gradients, ahead?.z ?? [], backward?.z ?? []]);
    freeGolden(opened);
  });

  test('Newton on a Runge–Kutta step of the flow finds f’s fixed point', async () => {
    const opened = steadyGolden.open(fastdeq);
    const map = opened.problem.maps['rk4']?.({ h: 1 });
    if (!map) throw new Error('no such map');
    const { z, projected, status } = await solveMap(map, { ...forward, method: 'newton' });
    expect(status).toBe('converged');
    expect(largestGap(await projected.data(), fastdeq.fixed_point.data)).toBeLessThan(1e-5);
    tf.dispose([z, projected]);
    map.dispose?.();
    freeGolden(opened);
  });
});
