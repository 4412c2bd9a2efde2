import type {
  DeviceReport,
  KernelPreference,
  Tuning,
} from '../../../src/engine/protocol/protocol.ts';
import { formatMilliseconds } from '../../format.ts';

/** Names of what can be asked for. */
export const kernelNames: Readonly<Record<KernelPreference, string>> = {
  auto: 'Auto',
  registers: 'Register blocks',
  tiles: 'Workgroup tiles',
  stock: 'TensorFlow.js’s own',
};

/** What is in use: `fused, register blocks`. */
export function kernelsInUse({ backend, kernels }: DeviceReport): string {
  if (backend.name !== 'webgpu' || kernels.inUse === 'stock') return kernelNames.stock;
  return `fused, ${kernelNames[kernels.inUse].toLowerCase()}`;
}

/** Why others can't be chosen now, in words; null if they can. */
export function kernelProblem(device: DeviceReport | null, training: boolean): string | null {
  if (device && device.backend.name !== 'webgpu')
    return 'There is nothing to choose: only WebGPU has kernels of this page’s own.';
  return training ? 'Pause the training to change it.' : null;
}

/** What timing the variants found: `Auto: register blocks, 1.2 ms against 3.4 ms for workgroup tiles.` */
export function tuningText(tuning: Tuning | undefined): string | null {
  if (!tuning) return null;
  const { chosen, timings, why } = tuning;
  const name = kernelNames[chosen].toLowerCase();
  const own = timings.find(({ variant }) => variant === chosen);
  const other = timings.find(({ variant }) => variant !== chosen);
  if (!own || !other) return `Auto: ${name}. ${why}`;
  const otherName = kernelNames[other.variant].toLowerCase();
  return `Auto: ${name}, ${formatMilliseconds(own.milliseconds)} against ${formatMilliseconds(other.milliseconds)} for ${otherName}.`;
}
