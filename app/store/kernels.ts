import type { KernelPreference } from '../../src/engine/protocol.ts';

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
  try {
    const value = localStorage.getItem(KEY);
    return kernelPreferences.find((one) => one === value) ?? 'auto';
  } catch {
    return 'auto';
  }
}

/** Keeps it for the next visit. */
export function rememberKernels(kernels: KernelPreference): void {
  try {
    if (kernels === 'auto') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, kernels);
  } catch {
    return;
  }
}
