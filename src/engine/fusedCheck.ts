import { linearize } from '../gradients/linearize.ts';
import { languageModel } from '../model/languageModel.ts';
import { setFused } from '../ops/fused.ts';
import * as tf from '../tf/index.ts';

/** Largest relative difference between the two ways that is taken for round-off. */
const roundOff = 1e-3;

/**
 * Use the fused kernels from now on if they agree with the reference operations on this GPU: a value
 * and all gradients of a small transformer layer. Elsewhere than on WebGPU there are none. Says
 * whether they are used.
 */
export async function useFusedIfRight(): Promise<boolean> {
  setFused(false);
  if (tf.getBackend() !== 'webgpu') return false;
  const reference = await small();
  setFused(true);
  const fused = await small();
  const right = fused.every((values, i) => difference(values, reference[i] ?? []) < roundOff);
  setFused(right);
  return right;
}

/** f, Jᵀu and uᵀ∂f/∂θ of a transformer layer with odd sizes. */
async function small(): Promise<Float32Array[]> {
  const config = { cell: 'transformer', vocabulary: 7, dModel: 10, heads: 1, dInner: 9 } as const;
  const model = languageModel({ ...config, preLayerNorm: false, memoryLength: 0 });
  const params = model.initialize(1);
  const tokens = [[0, 3, 1, 6, 2]];
  const problem = model.problem(params, { tokens, targets: tokens });
  const z0 = tf.tidy(() => tf.add(problem.initialState(), 0.1));
  const here = linearize((p, z) => problem.f(p, problem.inject(p), z), params, z0);
  const gradients = here.vjpParams(here.value);
  const vjp = here.vjp(here.value);
  const found: Float32Array[] = [];
  for (const tensor of [here.value, vjp, ...Object.values(gradients)])
    found.push((await tensor.data()).slice() as Float32Array);
  here.dispose();
  tf.dispose([params, z0, gradients, vjp]);
  return found;
}

/** ‖a − b‖ / ‖b‖, with a floor for gradients that are zero. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [square, size] = [0, 0];
  for (let i = 0; i < b.length; i++) {
    square += ((a[i] ?? NaN) - (b[i] ?? NaN)) ** 2;
    size += (b[i] ?? NaN) ** 2;
  }
  return Math.sqrt(square) / Math.max(Math.sqrt(size), 1e-3);
}
