import { findBackendFactory, registerBackend, removeBackend } from '@tensorflow/tfjs-core';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

/** What the browser says about the GPU behind the adapter. */
export interface AdapterDescription {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  /** True for a software adapter: right numbers, slow. */
  readonly isFallback: boolean;
}

/** What can go wrong with a device after it was made. tfjs listens to neither. */
export interface DeviceListeners {
  /** The device is gone; every later read-back rejects. `destroyed` when we did it. */
  readonly lost: (reason: 'destroyed' | 'unknown', message: string) => void;
  /** A validation or memory error that no scope caught. */
  readonly error: (error: GPUError) => void;
}

let listeners: DeviceListeners | undefined;
/** The adapter of the device now in use; undefined before the first and after a loss. */
let current: AdapterDescription | undefined;
/** Threads that surely run as one subgroup on the device now in use. */
let lanes = 0;

/**
 * Threads of a workgroup that are one subgroup on the WebGPU device in use, so that `subgroupAdd` sums over all of them; 0
 * where it has no subgroups.
 */
export const subgroupSize = (): number => lanes;

/** Hear of a lost device or an uncaught GPU error. One listener; the last one set wins. */
export function onDeviceTrouble(next: DeviceListeners): void {
  listeners = next;
}

// Asked for where the adapter allows more than the default, so that large models fit.
const limits = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupsPerDimension',
] as const;

/** Asked for where the adapter has them. */
const features = ['timestamp-query', 'subgroups'] as const satisfies GPUFeatureName[];

/**
 * Request our own `GPUDevice` and register tfjs's backend on it under the name `webgpu`
 * (kernels are registered under that name). Owning the device lets us choose its limits
 * and hear when it is lost. A device that is still alive is kept, since a new one would
 * invalidate every tensor. Throws with the exact reason when there is none.
 */
export async function registerWebGPU(): Promise<AdapterDescription> {
  if (current) return current;
  const scope = globalThis as { isSecureContext?: boolean };
  if (scope.isSecureContext === false)
    throw new Error('WebGPU needs a secure page: open it over https or on localhost.');
  if (typeof navigator === 'undefined' || !('gpu' in navigator))
    throw new Error(
      'This browser has no WebGPU (navigator.gpu is missing). Chrome or Edge 113, Safari 26 and Firefox 141 have it.',
    );
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter)
    throw new Error(
      'The browser offers no GPU adapter: hardware acceleration is off, or this GPU is on its blocklist.',
    );
  const device = await adapter.requestDevice({
    requiredFeatures: features.filter((name) => adapter.features.has(name)),
    requiredLimits: Object.fromEntries(limits.map((name) => [name, adapter.limits[name]])),
  });
  allowSubgroups(device);
  void device.lost.then(({ reason, message }) => {
    current = undefined;
    listeners?.lost(reason === 'destroyed' ? 'destroyed' : 'unknown', message);
  });
  device.addEventListener('uncapturederror', (event) => {
    listeners?.error(event.error);
  });
  const { info } = adapter;
  // Importing the package registered a factory of its own, which would make its own device.
  lanes = device.features.has('subgroups') ? info.subgroupMinSize : 0;
  if ((findBackendFactory('webgpu') as unknown) !== null) removeBackend('webgpu');
  registerBackend('webgpu', () => new WebGPUBackend(device, info), 3);
  current = describeAdapter(info);
  return current;
}

/** Let shaders of tfjs's make have subgroup operations: it writes their heads, and a directive must come before those. */
function allowSubgroups(device: GPUDevice): void {
  if (!device.features.has('subgroups')) return;
  const make = device.createShaderModule.bind(device);
  device.createShaderModule = (module) => {
    const uses = /\bsubgroup[A-Z]/.test(module.code);
    return make(uses ? { ...module, code: `enable subgroups;\n${module.code}` } : module);
  };
}

/** What an adapter says of itself, and whether it is software. */
export function describeAdapter({
  vendor,
  architecture,
  description,
  isFallbackAdapter,
}: GPUAdapterInfo): AdapterDescription {
  // Chromium leaves the flag false for an adapter that was asked for by a switch.
  const software = /swiftshader|llvmpipe|software|warp|basic render/i;
  const words = `${vendor} ${architecture} ${description}`;
  return {
    vendor,
    architecture,
    description,
    isFallback: isFallbackAdapter || software.test(words),
  };
}
