import { linearize } from '../gradients/linearize.ts';
import { languageModel } from '../model/languageModel.ts';
import { mapOf } from '../model/problem.ts';
import { setFused } from '../tf/fused.ts';
import * as tf from '../tf/index.ts';
import { combineRows, rowProducts } from '../tf/rows.ts';

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
  const shape = [1, 5, 10];
  const z0 = wave(shape, 1.3);
  // Not f's own value: layer normalisation sends that to nearly nothing, and round-off is left.
  const u = wave(shape, 0.7);
  const here = linearize(mapOf(problem), params, z0);
  const gradients = here.vjpParams(u);
  const vjp = here.vjp(u);
  const rows = tf.tidy(() => solverRows(here.value));
  const found: Float32Array[] = [];
  for (const tensor of [here.value, vjp, rows, ...Object.values(gradients)])
    found.push((await tensor.data()).slice() as Float32Array);
  here.dispose();
  tf.dispose([params, z0, u, gradients, vjp, rows]);
  return found;
}

/** Numbers that look irregular and are the same everywhere. */
function wave(shape: number[], pace: number): tf.Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => Math.sin(pace * (i + 1))),
    shape,
  );
}

/** What Broyden makes of its pairs: products with rows, and their combination. */
function solverRows(x: tf.Tensor): tf.Tensor2D {
  const rows = tf.reshape<tf.Rank.R3>(x, [1, 5, x.size / 5]);
  const y = tf.reshape<tf.Rank.R2>(tf.slice(x, [0, 2, 0], [1, 1, x.size / 5]), [1, x.size / 5]);
  return combineRows(rowProducts(rows, y), rows);
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
