import { expect, test } from 'vitest';
import { checkGradients, goldenGradientRows } from '../src/engine/check/checkGradients.ts';
import type { BackendName } from '../src/tf/backend.ts';
import { describeOn } from './describeOn.ts';
import { expectRight } from './expectRight.ts';
import { goldenCases } from './golden.ts';

/** Every gradient method against the golden files of these cases. */
export function goldenGradients(backend: BackendName, fused = false, cases = goldenCases): void {
  describeOn(backend, fused, 'gradients', () => {
    test.each(cases)('$name', async ({ file }) => {
      let compared = 0;
      for await (const finding of checkGradients(file)) {
        expectRight(finding);
        compared++;
      }
      expect(compared).toBe(goldenGradientRows.length);
    });
  });
}
