import { backend } from '@tensorflow/tfjs-core';

/**
 * Has WebGPU compile every pipeline anew, as on a device that was just made: the GPU tests share one, and what an
 * earlier file compiled would hide what this one does not.
 */
export function forgetPipelines(): void {
  (backend() as unknown as { pipelineCache: object }).pipelineCache = {};
}
