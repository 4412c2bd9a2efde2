import * as tf from '../tf/index.ts';

let wanted = true;

/** Let the operations run as fused kernels where there are some (the default), or never. */
export function setFused(on: boolean): void {
  wanted = on;
}

/** Whether operations run as fused kernels now: they are wanted, and the backend is WebGPU. */
export const fusedOn = (): boolean => wanted && tf.getBackend() === 'webgpu';
