import { expect, test } from 'vitest';
import type { BackendInfo, BackendName, BackendPreference } from '../tf/backend.ts';
import { NoBackendError } from '../tf/backend.ts';
import type { SelfTestReport } from '../tf/selfTest.ts';
import { bootDevice } from './boot.ts';
import { toFault } from './faults.ts';
import type { DeviceReport, KernelReport } from './protocol/protocol.ts';

const right: SelfTestReport = {
  passed: true,
  forwardError: 0,
  gradientError: 0,
  milliseconds: 1,
};
const wrong: SelfTestReport = { ...right, passed: false, forwardError: 0.5 };
const kernels: KernelReport = { inUse: 'stock' } as KernelReport;

/** Boots on a device where the named backends start, and each passes its check or not. */
const bootWith = (
  preference: BackendPreference,
  behaviour: Partial<Record<BackendName, 'right' | 'wrong' | 'throws'>>,
): Promise<DeviceReport> => {
  let current: BackendName | undefined;
  return bootDevice(preference, 'auto', false, {
    initBackend: async (given): Promise<BackendInfo> => {
      const names =
        given === undefined || given === 'auto'
          ? (['webgpu', 'wasm', 'cpu'] as const)
          : typeof given === 'string'
            ? [given]
            : given;
      const rejected: { name: string; reason: string }[] = [];
      for (const name of names) {
        if (behaviour[name]) {
          current = name;
          return { name, rejected };
        }
        rejected.push({ name, reason: 'It is missing.' });
      }
      throw new NoBackendError('Nothing starts.');
    },
    selfTest: async () => {
      const how = current && behaviour[current];
      if (how === 'throws') throw new Error('It broke.');
      return how === 'right' ? right : wrong;
    },
    useKernels: async () => kernels,
  });
};

test('the ladder goes on past a backend that computes wrong numbers and one that does not start', async () => {
  const { backend } = await bootWith('auto', { webgpu: 'wrong', cpu: 'right' });
  expect(backend.name).toBe('cpu');
  expect(backend.rejected.map(({ name }) => name)).toEqual(['webgpu', 'wasm']);
  expect(backend.rejected[0]?.reason).toContain('off by 5.0e-1');
});

test('a start-up check that throws is one that failed', async () => {
  const { backend } = await bootWith('auto', { webgpu: 'throws', wasm: 'right', cpu: 'right' });
  expect(backend.name).toBe('wasm');
  expect(backend.rejected).toEqual([
    { name: 'webgpu', reason: 'It failed the start-up check: It broke.' },
  ]);
});

test('what was asked for by name is used though its numbers are off, and says so', async () => {
  const { backend, selfTest } = await bootWith('webgpu', { webgpu: 'wrong', cpu: 'right' });
  expect(backend.name).toBe('webgpu');
  expect(selfTest.passed).toBe(false);
});

test('where nothing starts the fault is of that kind, with all reasons', async () => {
  const failed = await bootWith('wasm', { cpu: 'right' }).catch(toFault);
  expect(failed).toMatchObject({ kind: 'no-backend' });
  const none = await bootWith('auto', { webgpu: 'wrong' }).catch(toFault);
  expect(none).toMatchObject({ kind: 'no-backend' });
  expect((none as { message: string }).message).toContain('webgpu: It failed the start-up check');
});
