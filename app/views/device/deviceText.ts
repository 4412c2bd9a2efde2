import type {
  BackendInfo,
  DeviceReport,
  SelfTestReport,
} from '../../../src/engine/protocol/protocol.ts';
import { formatBytes, formatMilliseconds, formatResidual, unbroken } from '../../format.ts';
import type { TimedBackend, Timing } from '../../store/engine/backends.ts';
import type { ShownDevice } from './shownDevice.ts';

/** Names people know the backends by. */
export const backendNames = { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'CPU' } as const;

/** The adapter in a few characters: what it says of itself, or whose it is. */
export function adapterName({ adapter }: BackendInfo): string | null {
  if (!adapter) return null;
  const parts = [adapter.vendor, adapter.architecture].filter(Boolean).join(' ');
  return adapter.description || parts || 'unnamed adapter';
}

/** A time in two digits, for comparing: `0.83`, `510`. */
export const roughly = (milliseconds: number): string =>
  String(Number(milliseconds.toPrecision(2)));

/** The times of both backends, that in use first. */
const timesText = (timing: Timing, used: TimedBackend): string =>
  `${(used === 'wasm' ? [timing.wasm, timing.webgpu] : [timing.webgpu, timing.wasm]).map(roughly).join(' against ')} ms`;

/** The backend chip: what computes, on what, why that where it was timed, and how much it holds. */
export function backendText({ engine, device, memory, timing }: ShownDevice): string {
  if (!device) return noDevice[engine];
  const { name } = device.backend;
  const parts =
    timing && name !== 'cpu'
      ? [`Auto: ${backendNames[name]}, ${timesText(timing, name)}`]
      : [backendNames[name], adapterName(device.backend)];
  if (memory) parts.push(formatBytes(memory.live));
  return parts.filter(Boolean).join(' · ');
}

const noDevice = {
  off: 'not started yet',
  starting: 'starting…',
  on: 'starting…',
  stopped: 'stopped',
} as const;

/** Whether the visitor should look at the chip: not the GPU, or not trustworthy. */
export const needsAttention = (device: DeviceReport | null): boolean =>
  device !== null && (device.backend.name !== 'webgpu' || !device.selfTest.passed);

/** The start-up check of the numerics, in words. */
export function selfTestText(test: SelfTestReport): string {
  const errors = `forward values within ${unbroken(formatResidual(test.forwardError))}, gradients within ${unbroken(formatResidual(test.gradientError))} of the CPU’s`;
  return test.passed
    ? `Numerics checked: ${errors} (${formatMilliseconds(test.milliseconds)}).`
    : `Numerics check failed: ${errors}. Don’t trust these numbers; try another browser or update the graphics driver.`;
}
