import { afterEach, beforeAll } from 'vitest';
import { initBackend } from '../src/tf/backend.ts';
import { setFused } from '../src/tf/fused.ts';
import { failOnDeviceErrors } from './deviceErrors.ts';
import { failOnLeaks } from './leaks.ts';

/**
 * Runs the tests of a file on the GPU, each by reference operations until it turns kernels on itself; one that leaks
 * tensors or makes the device report an error fails.
 */
export function onGpu(): void {
  beforeAll(async () => {
    await initBackend('webgpu');
  });
  failOnLeaks();
  failOnDeviceErrors();
  afterEach(() => {
    setFused(false);
  });
}
