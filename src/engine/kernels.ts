import { setFused, setMatmul, type MatmulVariant } from '../tf/fused.ts';
import * as tf from '../tf/index.ts';
import { tuneMatmul, type Tuning } from './autotune.ts';
import { useFusedIfRight } from './fusedCheck.ts';

/**
 * Kernels that the visitor asks for: fused ones with one variant of their products, or TensorFlow.js's
 * own (`stock`). `auto` takes fused ones, with the variant that is faster on this device.
 */
export type KernelPreference = 'auto' | MatmulVariant | 'stock';

/** Kernels in use, and how that came about. */
export interface KernelReport {
  readonly wanted: KernelPreference;
  /** Off WebGPU always `stock`: there are no others. */
  readonly inUse: MatmulVariant | 'stock';
  /** Why these are others than were asked for, in words. */
  readonly problem?: string;
  /** What `auto` found. */
  readonly tuning?: Tuning;
}

/**
 * Use these kernels from now on, on the backend in use. Fused ones are compared with reference
 * operations first, in the variant that will run, and given up if their numbers are wrong; those that
 * another engine has `checked` on this device are not compared again.
 */
export async function useKernels(wanted: KernelPreference, checked = false): Promise<KernelReport> {
  setFused(false);
  setMatmul('registers');
  if (wanted === 'stock' || tf.getBackend() !== 'webgpu') return { wanted, inUse: 'stock' };
  if (checked && wanted !== 'auto') {
    setMatmul(wanted);
    setFused(true);
    return { wanted, inUse: wanted };
  }
  if (wanted === 'tiles' && (await check('tiles'))) return { wanted, inUse: 'tiles' };
  if (!(await check('registers')))
    return { wanted, inUse: 'stock', problem: wrong('Fused kernels') };
  if (wanted === 'registers') return { wanted, inUse: 'registers' };
  const wrongTiles = { wanted, inUse: 'registers', problem: wrong('Workgroup tiles') } as const;
  if (wanted === 'tiles') return wrongTiles;
  const tuning = await tuneMatmul();
  if (tuning.chosen === 'registers') return { wanted, inUse: 'registers', tuning };
  if (await check('tiles')) return { wanted, inUse: 'tiles', tuning };
  await check('registers');
  return { ...wrongTiles, tuning };
}

const check = async (variant: MatmulVariant): Promise<boolean> => {
  setMatmul(variant);
  return useFusedIfRight();
};

const wrong = (what: string): string =>
  `${what} compute wrong numbers on this device, so they are not used.`;
