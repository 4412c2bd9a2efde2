import { expect, test } from 'vitest';
import { checkJacobian, jacobianFigures } from '../src/engine/check/checkJacobian.ts';
import type { BackendName } from '../src/tf/backend.ts';
import { describeOn } from './describeOn.ts';
import { expectRight } from './expectRight.ts';
import { goldenCases } from './golden.ts';

/** The Jacobian figures of golden files, by Krylov methods and, where it is small, densely. */
export function goldenSpectra(backend: BackendName, fused = false, cases = goldenCases): void {
  describeOn(backend, fused, 'Jacobians', () => {
    test.each(cases)('$name', async ({ file }) => {
      let compared = 0;
      for await (const finding of checkJacobian(file)) {
        expectRight(finding);
        compared++;
      }
      expect(compared).toBe(jacobianFigures(file));
    });
  });
}
