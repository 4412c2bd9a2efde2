import * as core from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { registerWebGPU, type AdapterDescription } from './device.ts';
import { improveWebgpuSines } from './sine.ts';
import { improveWasmKernels } from './wasmKernels.ts';

export type BackendName = 'webgpu' | 'wasm' | 'cpu';
/** `auto` takes the first of webgpu, wasm, cpu that works. */
export type BackendPreference = 'auto' | BackendName;

/** The backend in use, and why better ones were not taken. */
export interface BackendInfo {
  readonly name: BackendName;
  /** The GPU behind `webgpu`. */
  readonly adapter?: AdapterDescription;
  /** Rungs of the ladder that were tried first, with the reason in words. */
  readonly rejected: readonly { readonly name: string; readonly reason: string }[];
}

/** Backends from the fastest to the one that always works. */
export const ladder: readonly BackendName[] = ['webgpu', 'wasm', 'cpu'];

/** The backends that a preference, or a list, means, in the order they are tried. */
export const candidatesOf = (
  preference: BackendPreference | readonly BackendName[],
): readonly BackendName[] => {
  if (typeof preference !== 'string') return preference;
  return preference === 'auto' ? ladder : [preference];
};

/**
 * Where the page serves TensorFlow.js's `.wasm` binaries from: an absolute URL that ends
 * in a slash. Set it before `initBackend`; the default is `/wasm/` of this origin.
 */
export function setWasmBase(url: string): void {
  wasmBase = url;
}
let wasmBase = typeof location === 'undefined' ? '' : new URL('/wasm/', location.origin).href;

/** No backend could be started; the message says why not, one by one. */
export class NoBackendError extends Error {}

/**
 * Start the first of these backends that works: `auto` means the whole ladder, which never fails, since `cpu`
 * always works. Throws a `NoBackendError` where none does.
 */
export async function initBackend(
  preference: BackendPreference | readonly BackendName[] = 'auto',
): Promise<BackendInfo> {
  const rejected: { name: string; reason: string }[] = [];
  for (const name of candidatesOf(preference)) {
    try {
      const adapter = await start(name);
      return { name, rejected, ...(adapter ? { adapter } : {}) };
    } catch (error) {
      rejected.push({ name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  const reasons = rejected.map(({ name, reason }) => `${name}: ${reason}`).join(' ');
  throw new NoBackendError(`Nothing to compute with could be started. ${reasons}`);
}

async function start(name: BackendName): Promise<AdapterDescription | undefined> {
  switch (name) {
    case 'webgpu': {
      const adapter = await registerWebGPU();
      improveWebgpuSines();
      // Small ops would otherwise run on the CPU, unseen by the memory meter.
      core.env().set('WEBGPU_CPU_FORWARD', false);
      await activate(name);
      return adapter;
    }
    case 'wasm':
      if (!(await core.env().getAsync('WASM_HAS_SIMD_SUPPORT')))
        throw new Error('This browser’s WebAssembly has no SIMD.');
      // One binary to serve; threads would need cross-origin isolation.
      core.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
      if (wasmBase) setWasmPaths(wasmBase);
      improveWasmKernels();
      await activate(name);
      return undefined;
    case 'cpu':
      await activate(name);
      return undefined;
  }
}

/**
 * Do something on the CPU backend, where numbers can be trusted and nothing is compiled, then go back
 * to the one in use. Whatever tensors it makes must be read and freed there.
 */
export async function onCpu<T>(work: () => Promise<T>): Promise<T> {
  const before = core.getBackend();
  await core.setBackend('cpu');
  try {
    return await work();
  } finally {
    await core.setBackend(before);
  }
}

/** tfjs reports a failed backend as `false` and logs the cause; this throws it instead. */
async function activate(name: BackendName): Promise<void> {
  const factory = core.findBackendFactory(name);
  let cause: unknown = `TensorFlow.js has no backend named ${name}.`;
  // Null until it was started, whatever tfjs's types say.
  if ((core.findBackend(name) as core.KernelBackend | null) === null) {
    core.removeBackend(name);
    core.registerBackend(name, async () => {
      try {
        return await factory();
      } catch (error) {
        cause = error;
        throw error;
      }
    });
  }
  if (await core.setBackend(name)) return;
  const { message } = Object(cause) as { message?: string };
  throw new Error(`TensorFlow.js could not start its ${name} backend. ${message ?? String(cause)}`);
}
