import { subgroupSize } from './device.ts';
import * as tf from './index.ts';

/**
 * How the fused products share their work: blocks in each thread's registers alone, or tiles that a
 * workgroup reads once into memory of its own. Which is faster is a matter of the GPU.
 */
export type MatmulVariant = 'registers' | 'tiles';

let wanted = false;
let variant: MatmulVariant = 'registers';
let subgroups = true;

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

/** Let the fused linear maps make their products this way; `registers` is the default. */
export function setMatmul(next: MatmulVariant): void {
  variant = next;
}

/** How the fused linear maps make their products. */
export const matmulVariant = (): MatmulVariant => variant;

/** Let fused solvers make their sums by subgroups where the device has some (the default), or by none. */
export function setSubgroups(on: boolean): void {
  subgroups = on;
}

/** Threads of the subgroups that sums are made by, 0 where they are made by none. */
export const subgroupLanes = (): number => (subgroups ? subgroupSize() : 0);
