import { beforeAll, expect, test } from 'vitest';
import { failOnLeaks } from '../../test/leaks.ts';
import { initBackend } from '../tf/backend.ts';
import { fusedOn, matmulVariant } from '../tf/fused.ts';
import { useKernels } from './kernels.ts';

beforeAll(async () => {
  await initBackend('webgpu');
});
failOnLeaks();

test('auto times both variants, soon, and takes one', async () => {
  const start = performance.now();
  const { inUse, tuning, problem } = await useKernels('auto');
  console.log(`auto took ${(performance.now() - start).toFixed(0)} ms`, JSON.stringify(tuning));
  expect(problem).toBeUndefined();
  expect(tuning?.chosen).toBe(inUse);
  expect(tuning?.timings.map(({ variant }) => variant)).toEqual(['registers', 'tiles']);
  for (const { milliseconds } of tuning?.timings ?? []) expect(milliseconds).toBeGreaterThan(0);
  expect(fusedOn()).toBe(true);
  expect(matmulVariant()).toBe(inUse);
});

test.each(['registers', 'tiles'] as const)('%s can be asked for', async (wanted) => {
  expect(await useKernels(wanted)).toEqual({ wanted, inUse: wanted });
  expect(fusedOn()).toBe(true);
  expect(matmulVariant()).toBe(wanted);
});

test('checked ones are used without another look', async () => {
  const once = await timed(() => useKernels('tiles'));
  const again = await timed(() => useKernels('tiles', true));
  expect(matmulVariant()).toBe('tiles');
  expect(fusedOn()).toBe(true);
  expect(again).toBeLessThan(once / 10);
});

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

test('stock ones can be asked for, and are all there is off WebGPU', async () => {
  expect(await useKernels('stock')).toEqual({ wanted: 'stock', inUse: 'stock' });
  expect(fusedOn()).toBe(false);
  await initBackend('wasm');
  expect(await useKernels('auto')).toEqual({ wanted: 'auto', inUse: 'stock' });
  await initBackend('webgpu');
  expect(fusedOn()).toBe(false);
});
