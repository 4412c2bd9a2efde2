import * as core from '@tensorflow/tfjs-core';

/** The part of the WebGPU backend that makes its pipelines and waits for them, and brings data to the device. */
interface Compiler {
  checkCompileCompletionAsync: () => Promise<void>;
  pipelineCache: object;
  uploadToGPU: (dataId: object) => void;
  readonly stagingPendingDisposal: readonly unknown[];
  endComputePassEncoder: () => void;
  submitQueue: () => void;
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
  const { pipelineCache, uploadToGPU } = backend;
  const compiling = core.env().getBool(compileOnly);
  // To tfjs every pipeline is there already; as nothing runs, none is looked at.
  backend.pipelineCache = new Proxy({}, { has: () => true, get: () => undefined });
  // What an upload goes through is freed with the next commands, and here there are none.
  backend.uploadToGPU = (dataId) => {
    uploadToGPU.call(backend, dataId);
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
