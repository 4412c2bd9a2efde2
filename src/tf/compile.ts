import * as core from '@tensorflow/tfjs-core';

/** The part of the WebGPU backend that waits for its pipelines. */
interface Compiler {
  checkCompileCompletionAsync: () => Promise<void>;
}

/**
 * Compile the pipelines that `work` will need, in parallel and without running them; one at a
 * time they cost several times as long. `work` must read nothing back. Elsewhere than on WebGPU
 * it does nothing.
 */
export async function compileAhead(work: () => void): Promise<void> {
  if (core.getBackend() !== 'webgpu') return;
  const flag = 'WEBGPU_ENGINE_COMPILE_ONLY';
  core.env().set(flag, true);
  try {
    work();
  } finally {
    core.env().set(flag, false);
  }
  await (core.backend() as unknown as Compiler).checkCompileCompletionAsync();
}
