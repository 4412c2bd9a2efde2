import { afterAll, beforeAll, describe } from 'vitest';
import { initBackend, type BackendName } from '../src/tf/backend.ts';
import { setFused } from '../src/tf/fused.ts';
import { failOnLeaks } from './leaks.ts';

/** A suite on one backend, by reference operations or fused kernels; tests that leak tensors fail. */
export function describeOn(
  backend: BackendName,
  fused: boolean,
  what: string,
  tests: () => void,
): void {
  describe(`${what} on ${backend}${fused ? ', fused' : ''}`, () => {
    beforeAll(async () => {
      await initBackend(backend);
      setFused(fused);
    });
    afterAll(() => {
      setFused(false);
    });
    failOnLeaks();
    tests();
  });
}
