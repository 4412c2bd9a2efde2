import { linearize } from '../implicit/linearize.ts';
import { loadFamily } from '../families/index.ts';
import { defaultFamily } from '../families/settings.ts';
import { mapOf, type EquilibriumProblem } from '../implicit/problem.ts';
import { rehearseSolve, solve } from '../numerics/iterate.ts';
import { solverKinds } from '../numerics/kinds.ts';
import { kindSettings } from '../numerics/settings.ts';
import type { FixedPointMap, SolverOptions } from '../numerics/solver.ts';
import { onCpu } from '../tf/backend.ts';
import { compileAhead } from '../tf/compile.ts';
import { setFused } from '../tf/fused.ts';
import * as tf from '../tf/index.ts';
import { combineRows, rowProducts } from '../numerics/rows.ts';

type MakeProblem = () => EquilibriumProblem;

/** Largest relative difference between the two ways that is taken for round-off. */
const roundOff = 1e-3;

/**
 * Use the fused kernels from now on if they agree with the reference operations: a value and all
 * gradients of a small layer. The reference is computed on the CPU, where nothing has to
 * be compiled; of the GPU's kernels these are those that a layer needs anyway. Elsewhere than on
 * WebGPU there are none. Says whether they are used.
 */
export async function useFusedIfRight(): Promise<boolean> {
  setFused(false);
  if (tf.getBackend() !== 'webgpu') return false;
  const { kernelSample } = await loadFamily(defaultFamily);
  if (!kernelSample) return false;
  const reference = await onCpu(() => small(kernelSample));
  setFused(true);
  const right = await agrees(kernelSample, reference);
  setFused(right);
  return right;
}

async function agrees(sample: MakeProblem, reference: readonly Float32Array[]): Promise<boolean> {
  try {
    await compileAhead(() => {
      const { tensors, problem } = layer(sample);
      using state = open(problem);
      for (const options of solvers) rehearseSolve(state.f, state.z0, options);
      tf.dispose([tensors, problem.params]);
    });
    const fused = await small(sample);
    return fused.every((values, i) => difference(values, reference[i] ?? []) < roundOff);
  } catch {
    // A shader that cannot be compiled is as useless as one that is wrong.
    return false;
  }
}

/** The numbers of `layer`, read back. */
async function small(sample: MakeProblem): Promise<Float32Array[]> {
  const { tensors, problem } = layer(sample);
  try {
    using state = open(problem);
    for (const options of solvers) tensors.push((await solve(state.f, state.z0, options)).z);
    return (await Promise.all(tensors.map((tensor) => tensor.data()))) as Float32Array[];
  } finally {
    tf.dispose([tensors, problem.params]);
  }
}

/**
 * Of each kind whose kernels keep a history: long enough that a pair is dropped and a window is full, short enough that
 * round-off stays small.
 */
const solvers: readonly SolverOptions[] = kindSettings
  .map(({ id }): SolverOptions => ({
    ...{ method: id, history: 3, maxIterations: 5, tolerance: 0, stopMode: 'rel' },
  }))
  .filter((options) => {
    const kind = solverKinds[options.method];
    const own = kind.read(options);
    return kind.fused?.(own) !== undefined && kind.settings.memory.fullAt(own) !== null;
  });

/** f and z0 of a problem. */
function open(
  problem: EquilibriumProblem,
): Disposable & { readonly f: FixedPointMap; readonly z0: tf.Tensor } {
  const { params } = problem;
  const injection = tf.tidy(() => problem.inject(params));
  const z0 = problem.initialState();
  return {
    f: (z) => problem.f(params, injection, z),
    z0,
    [Symbol.dispose]: () => {
      tf.dispose([injection, z0]);
    },
  };
}

/** f, Jᵀu and uᵀ∂f/∂θ of a family's small problem, and products over rows; the caller owns tensors and parameters. */
function layer(sample: MakeProblem): { tensors: tf.Tensor[]; problem: EquilibriumProblem } {
  const problem = sample();
  const { params } = problem;
  const start = problem.initialState();
  const { shape } = start;
  start.dispose();
  const z0 = wave(shape, 1.3);
  // Not f's own value: layer normalisation sends that to nearly nothing, and round-off is left.
  const u = wave(shape, 0.7);
  const here = linearize(mapOf(problem), params, z0);
  const tensors = [
    tf.clone(here.value),
    here.vjp(u),
    tf.tidy(() => solverRows(here.value)),
    ...Object.values(here.vjpParams(u)),
  ];
  here.dispose();
  tf.dispose([z0, u]);
  return { tensors, problem };
}

/** Numbers that look irregular and are the same everywhere. */
function wave(shape: number[], pace: number): tf.Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => Math.sin(pace * (i + 1))),
    shape,
  );
}

/** What low-rank methods make of their pairs: products with rows, and their combination. */
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
