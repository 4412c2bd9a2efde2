import { Matrix, SingularValueDecomposition, solve as solveDense } from 'ml-matrix';
import { createRandom } from '../data/random.ts';
import type { Linearization } from './linearize.ts';
import { rowNorm } from '../numerics/method.ts';
import { blocksBy } from '../numerics/products.ts';
import type { FixedPointMap } from '../numerics/solver.ts';
import * as tf from '../tf/index.ts';
import { breathe } from '../tf/pace.ts';
import { dominantEigenvalue, eigenvalues, type Complex } from './krylov.ts';
import { readAndFree } from '../tf/readback.ts';

/** Options of `spectralRadius`. */
export interface SpectralOptions {
  /** Applications of the transposed Jacobian at most, default 60. */
  readonly iterations?: number;
  /** Seed of the starting vector, default 0. */
  readonly seed?: number;
  /** Once aborted, its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Spectral radius ρ of ∂f/∂z at the linearization's point, over the whole batch, by Arnoldi on
 * `v ↦ Jᵀv` (a matrix and its transpose have the same eigenvalues). `settled` is false when the
 * estimate still moved by more than half a percent.
 */
export async function spectralRadius(
  linearization: Linearization,
  { iterations = 60, seed = 0, signal }: SpectralOptions = {},
): Promise<{ radius: number; settled: boolean; iterations: number }> {
  const { shape, size } = linearization.value;
  const found = await dominantEigenvalue(
    (v) => throughTensor(v, shape, (u) => linearization.vjp(u)),
    size,
    createRandom(seed).fork('spectrum'),
    iterations,
    signal,
  );
  return { radius: found.size, settled: found.settled, iterations: found.iterations };
}

/**
 * Largest singular value σ of ∂f/∂z, by Lanczos on JᵀJ. tfjs has no forward mode, so Jv is a
 * central difference of f: good to about 1e-3 in float32.
 */
export async function spectralNorm(
  linearization: Linearization,
  f: FixedPointMap,
  z: tf.Tensor,
  { iterations = 40, seed = 0, signal }: SpectralOptions = {},
): Promise<{ sigma: number; settled: boolean; iterations: number }> {
  const [size = 1] = await readAndFree(tf.tidy(() => rowNorm(tf.reshape(z, [1, z.size]))));
  const epsilon = 1e-2 * Math.max(1, size);
  const found = await dominantEigenvalue(
    (v) =>
      throughTensor(v, z.shape, (direction) => {
        const step = tf.mul(direction, epsilon);
        const jv = tf.div(tf.sub(f(tf.add(z, step)), f(tf.sub(z, step))), 2 * epsilon);
        return linearization.vjp(jv);
      }),
    z.size,
    createRandom(seed).fork('norm'),
    iterations,
    signal,
  );
  return {
    sigma: Math.sqrt(found.size),
    settled: found.settled,
    iterations: found.iterations,
  };
}

/** The blocks ∂f_b/∂z_b of the Jacobian, one `[state][state]` matrix a sample, row-major. */
export type JacobianBlocks = readonly (readonly Float64Array[])[];

/**
 * The dense Jacobian: as many VJPs as a sample has numbers, since samples do not influence each
 * other and share each pass. Only for small states. Throws the signal's reason once that is aborted.
 */
export async function denseJacobian(
  linearization: Pick<Linearization, 'value' | 'vjp'>,
  signal?: AbortSignal,
): Promise<JacobianBlocks> {
  const { shape, size } = linearization.value;
  const [batch = 1] = shape;
  const n = size / batch;
  const vjp = (u: tf.Tensor2D): tf.Tensor2D =>
    tf.reshape(linearization.vjp(tf.reshape(u, shape)), [batch, n]);
  const blocks = await blocksBy(vjp, 'rows', [batch, n], () => breathe(signal));
  return blocks.map((block) =>
    Array.from({ length: n }, (_, row) =>
      Float64Array.from(block.subarray(row * n, (row + 1) * n)),
    ),
  );
}

/** Every eigenvalue of every sample's block. */
export const allEigenvalues = (blocks: JacobianBlocks): Complex[] => blocks.flatMap(eigenvalues);

/** The largest singular value over the blocks. */
export const denseNorm = (blocks: JacobianBlocks): number =>
  Math.max(
    ...blocks.map((block) => {
      const matrix = new Matrix(block.map((row) => Array.from(row)));
      // Its vectors would take most of the time.
      const { diagonal } = new SingularValueDecomposition(matrix, {
        computeLeftSingularVectors: false,
        computeRightSingularVectors: false,
      });
      return diagonal[0] ?? NaN;
    }),
  );

/** Solves `u = Jᵀu + g` exactly, in float64, sample by sample. The caller owns u. */
export async function exactAdjoint(blocks: JacobianBlocks, g: tf.Tensor): Promise<tf.Tensor> {
  const values = await g.data();
  const state = g.size / blocks.length;
  const u = blocks.flatMap((block, sample) => {
    const matrix = Matrix.zeros(state, state);
    // Row i of (I − Jᵀ) is column i of (I − J).
    for (let i = 0; i < state; i++)
      for (let j = 0; j < state; j++) matrix.set(i, j, (i === j ? 1 : 0) - (block[j]?.[i] ?? NaN));
    const right = Matrix.columnVector(
      Array.from(values.slice(sample * state, (sample + 1) * state)),
    );
    return solveDense(matrix, right).to1DArray();
  });
  return tf.tensor(u, g.shape);
}

/** Apply a map of tensors to a host vector, in one read-back. */
async function throughTensor(
  v: Float64Array,
  shape: number[],
  map: (t: tf.Tensor) => tf.Tensor,
): Promise<Float64Array> {
  const result = tf.tidy(() => map(tf.tensor(Float32Array.from(v), shape)));
  return Float64Array.from(await readAndFree(result));
}
