import { initBackend, type BackendInfo, type BackendPreference } from '../tf/backend.ts';
import { selfTest } from '../tf/selfTest.ts';
import { useKernels, type KernelPreference } from './kernels.ts';
import type { DeviceReport } from './protocol.ts';

/** Starts a backend, checks its numbers, and chooses the kernels on it. */
export async function bootDevice(
  preference: BackendPreference,
  wantedKernels: KernelPreference = 'auto',
  checked = false,
): Promise<DeviceReport> {
  const rejected: BackendInfo['rejected'][number][] = [];
  for (let wanted = preference; ;) {
    const info = await initBackend(wanted);
    const report = await selfTest();
    rejected.push(...info.rejected);
    // A GPU that computes wrong numbers is no better than none, unless it was asked for.
    if (report.passed || preference !== 'auto' || info.name === 'cpu') {
      const kernels = await useKernels(wantedKernels, checked);
      return { backend: { ...info, rejected }, selfTest: report, kernels };
    }
    const error = Math.max(report.forwardError, report.gradientError).toExponential(1);
    rejected.push({
      name: info.name,
      reason: `It failed the start-up check: its numbers are off by ${error}.`,
    });
    wanted = info.name === 'webgpu' ? 'wasm' : 'cpu';
  }
}
