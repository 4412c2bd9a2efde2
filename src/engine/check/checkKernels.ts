import { linearize } from '../../implicit/linearize.ts';
import { mapOf } from '../../implicit/problem.ts';
import { setFused } from '../../tf/fused.ts';
import * as tf from '../../tf/index.ts';
import { largestDifference, type Finding } from './finding.ts';
import type { GoldenFile } from './goldenFile.ts';
import { openGolden } from './withGolden.ts';

/** How many comparisons `checkKernels` makes of a file. */
export const kernelFigures = 2;

/** Terms that cancel to nothing count from here. */
const FLOOR = 1e-2;

/**
 * The cell by fused kernels against the reference operations on the same GPU: its value to 1e-5 and its
 * pullbacks to 1e-4 of their largest number. Needs fused kernels to be on, and leaves them on.
 */
export async function checkKernels(file: GoldenFile): Promise<Finding[]> {
  const fused = await values(file);
  setFused(false);
  try {
    const reference = await values(file);
    const errors = reference.map(
      (truth, i) =>
        largestDifference(fused[i] ?? [], truth) /
        truth.reduce((most, x) => Math.max(most, Math.abs(x)), FLOOR),
    );
    const [value = NaN, ...pulled] = errors;
    return [
      { what: 'fused against reference: f', error: value, bound: 1e-5 },
      { what: 'fused against reference: pullbacks', error: Math.max(...pulled), bound: 1e-4 },
    ];
  } finally {
    setFused(true);
  }
}

/** f at the probe state, then its pullback to z and to every parameter. */
async function values(file: GoldenFile): Promise<Float32Array[]> {
  using opened = openGolden(file);
  const { problem, probe: z } = opened;
  const here = linearize(mapOf(problem), problem.params, z);
  const u = tf.tensor(
    Float32Array.from({ length: z.size }, (_, i) => Math.sin(0.9 * i + 0.37 * i * i)),
    z.shape,
  );
  const pulled = [here.vjp(u), ...Object.values(here.vjpParams(u))];
  try {
    return (await Promise.all([here.value, ...pulled].map((t) => t.data()))) as Float32Array[];
  } finally {
    here.dispose();
    tf.dispose([u, pulled]);
  }
}
