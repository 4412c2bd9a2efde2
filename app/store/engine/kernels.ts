import type { KernelPreference } from '../../../src/engine/protocol/protocol.ts';
import { readStored, writeStored } from '../../stored.ts';

const KEY = 'deq-kernels';

/** Kernels a visitor can ask for, in the order they are offered. */
export const kernelPreferences: readonly KernelPreference[] = [
  'auto',
  'registers',
  'tiles',
  'stock',
];

/** What was asked for in an earlier visit; where storage is forbidden, nothing was. */
export function storedKernels(): KernelPreference {
  const value = readStored(KEY);
  return kernelPreferences.find((one) => one === value) ?? 'auto';
}

/** Keeps it for the next visit. */
export function rememberKernels(kernels: KernelPreference): void {
  writeStored(KEY, kernels === 'auto' ? null : kernels);
}
