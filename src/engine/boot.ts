import {
  candidatesOf,
  initBackend,
  NoBackendError,
  type BackendInfo,
  type BackendName,
  type BackendPreference,
} from '../tf/backend.ts';
import { selfTest } from '../tf/selfTest.ts';
import { EngineFault, toFault } from './faults.ts';
import { useKernels, type KernelPreference } from './kernels.ts';
import type { DeviceReport } from './protocol/protocol.ts';

/** What a start takes from outside; tests pass backends that fail. */
const device = { initBackend, selfTest, useKernels };

/**
 * Starts a backend, checks its numbers, and chooses the kernels on it. `auto` goes down the ladder past whatever does
 * not start or computes wrong numbers, to `cpu` at the last; so does a list of backends, in its order. Throws a `no-backend` fault where nothing starts.
 */
export async function bootDevice(
  preference: BackendPreference | readonly BackendName[],
  wantedKernels: KernelPreference = 'auto',
  checked = false,
  { initBackend, selfTest, useKernels } = device,
): Promise<DeviceReport> {
  const rejected: BackendInfo['rejected'][number][] = [];
  let candidates = candidatesOf(preference);
  for (;;) {
    const info = await start(() => initBackend(candidates), rejected);
    rejected.push(...info.rejected);
    candidates = candidates.slice(candidates.indexOf(info.name) + 1);
    const last = candidates.length === 0;
    try {
      const report = await selfTest();
      // A GPU that computes wrong numbers is no better than none, unless there is nothing else or it was asked for.
      if (report.passed || last) {
        const kernels = await useKernels(wantedKernels, checked);
        return { backend: { ...info, rejected }, selfTest: report, kernels };
      }
      const error = Math.max(report.forwardError, report.gradientError).toExponential(1);
      const reason = `It failed the start-up check: its numbers are off by ${error}.`;
      rejected.push({ name: info.name, reason });
    } catch (error) {
      if (last) throw error;
      const reason = `It failed the start-up check: ${toFault(error).message}`;
      rejected.push({ name: info.name, reason });
    }
  }
}

async function start(
  init: () => Promise<BackendInfo>,
  before: BackendInfo['rejected'],
): Promise<BackendInfo> {
  try {
    return await init();
  } catch (error) {
    if (!(error instanceof NoBackendError)) throw error;
    const earlier = before.map(({ name, reason }) => ` ${name}: ${reason}`).join('');
    throw new EngineFault(
      'no-backend',
      `${error.message}${earlier} Choose another backend, or try another browser.`,
    );
  }
}
