import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { initBackend } from '../tf/backend.ts';
import { GpuCounters } from '../tf/counters.ts';
import { fusedOn, matmulVariant } from '../tf/fused.ts';
import { tuneMatmul } from './autotune.ts';
import { useKernels } from './kernels.ts';

beforeAll(async () => {
  await initBackend('webgpu');
});
failOnLeaks();

test('auto takes what the timing chose, or registers where compiling takes too long', async () => {
  const { inUse, tuning, problem } = await useKernels('auto');
  expect(problem).toBeUndefined();
  expect(tuning?.chosen).toBe(inUse);
  expect(fusedOn()).toBe(true);
  expect(matmulVariant()).toBe(inUse);
  // A machine that compiles slowly has timed nothing.
  if (tuning?.timings.length === 0) expect(inUse).toBe('registers');
});

test('both variants are timed, and the one in use stays', async () => {
  const before = matmulVariant();
  const { timings } = await tuneMatmul(Infinity);
  expect(timings.map(({ variant }) => variant)).toEqual(['registers', 'tiles']);
  for (const { milliseconds } of timings) expect(milliseconds).toBeGreaterThan(0);
  expect(matmulVariant()).toBe(before);
});

test.each(['registers', 'tiles'] as const)('%s can be asked for', async (wanted) => {
  expect(await useKernels(wanted)).toEqual({ wanted, inUse: wanted });
  expect(fusedOn()).toBe(true);
  expect(matmulVariant()).toBe(wanted);
});

test('checked ones are used without another look', async () => {
  using counter = new GpuCounters();
  await useKernels('tiles', true);
  expect(matmulVariant()).toBe('tiles');
  expect(fusedOn()).toBe(true);
  expect(counter.sample()).toEqual({ dispatches: 0, readbacks: 0, pipelines: 0 });
});

test('stock ones can be asked for, and are all there is off WebGPU', async () => {
  expect(await useKernels('stock')).toEqual({ wanted: 'stock', inUse: 'stock' });
  expect(fusedOn()).toBe(false);
  await initBackend('wasm');
  expect(await useKernels('auto')).toEqual({ wanted: 'auto', inUse: 'stock' });
  await initBackend('webgpu');
  expect(fusedOn()).toBe(false);
});
