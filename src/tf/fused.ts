import * as tf from './index.ts';

let wanted = false;

/**
 * Let the operations run as fused WebGPU kernels where there are some, or as reference operations
 * (the default). Whoever turns them on checks them first: a shader that a driver compiles wrongly
 * gives wrong numbers without a word.
 */
export function setFused(on: boolean): void {
  wanted = on;
}

/** Whether operations run as fused kernels now: they are wanted, and the backend is WebGPU. */
export const fusedOn = (): boolean => wanted && tf.getBackend() === 'webgpu';
