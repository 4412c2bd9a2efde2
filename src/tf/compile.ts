import * as core from '@tensorflow/tfjs-core';

/** The part of the WebGPU backend that makes its pipelines and waits for them, and brings data to the device. */
interface Compiler {
  checkCompileCompletionAsync: () => Promise<void>;
  pipelineCache: object;
  uploadToGPU: (dataId: object) => void;
  readonly tensorMap: { get: (dataId: object) => DataOnDevice };
  readonly bufferManager: {
    acquireBuffer: (size: number, usage: GPUBufferUsageFlags) => GPUBuffer;
    releaseBuffer: (buffer: GPUBuffer) => void;
  };
  readonly stagingPendingDisposal: readonly unknown[];
  endComputePassEncoder: () => void;
  submitQueue: () => void;
}

/** A tensor's data, and where they are on the device once they are. */
interface DataOnDevice {
  readonly resource?: object | null;
  readonly shape: readonly number[];
}

/** Only compile; nothing runs. */
const compileOnly = 'WEBGPU_ENGINE_COMPILE_ONLY';

/**
 * Compile the pipelines that `work` will need, in parallel and without running them; one at a
 * time they cost several times as long. `work` must read nothing back. Elsewhere than on WebGPU
 * it does nothing.
 */
export async function compileAhead(work: () => void): Promise<void> {
  if (core.getBackend() !== 'webgpu') return;
  core.env().set(compileOnly, true);
  try {
    work();
  } finally {
    core.env().set(compileOnly, false);
  }
  await (core.backend() as unknown as Compiler).checkCompileCompletionAsync();
}

/**
 * Do `work`, on WebGPU without computing or compiling any of it: its tensors are allocated and freed as they would
 * be, and hold nothing. It must read nothing back, and nothing that it makes may be kept for later. Elsewhere everything
 * is computed.
 */
export function allocateOnly<T>(work: () => T): T {
  if (core.getBackend() !== 'webgpu') return work();
  const backend = core.backend() as unknown as Compiler;
  const { pipelineCache, uploadToGPU, bufferManager } = backend;
  const compiling = core.env().getBool(compileOnly);
  /**
   * An upload needs a second buffer to go through where its own was in use before, and none where that is new. Here it
   * always was, as in all but the first of many steps, or what is allocated would depend on what ran before.
   */
  const haveFreed = (size: number): void => {
    const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
    bufferManager.releaseBuffer(bufferManager.acquireBuffer(size, STORAGE | COPY_SRC | COPY_DST));
  };
  // To tfjs every pipeline is there already; as nothing runs, none is looked at.
  backend.pipelineCache = new Proxy({}, { has: () => true, get: () => undefined });
  backend.uploadToGPU = (dataId) => {
    const { resource, shape } = backend.tensorMap.get(dataId);
    if (!resource) haveFreed(4 * shape.reduce((a, b) => a * b, 1));
    uploadToGPU.call(backend, dataId);
    // What an upload goes through is freed with the next commands, and here there are none.
    if (backend.stagingPendingDisposal.length === 0) return;
    backend.endComputePassEncoder();
    backend.submitQueue();
  };
  core.env().set(compileOnly, true);
  try {
    return work();
  } finally {
    core.env().set(compileOnly, compiling);
    Object.assign(backend, { pipelineCache, uploadToGPU });
  }
}
