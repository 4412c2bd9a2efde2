/** Inverse Jacobians that fused solves leave and begin with, against those of reference operations on the CPU. */
import { afterEach, describe, expect, test } from 'vitest';
import { onGpu } from '../../test/onGpu.ts';
import { wave } from '../../test/wave.ts';
import { onCpu } from '../tf/backend.ts';
import { setFused, setSubgroups } from '../tf/fused.ts';
import * as tf from '../tf/index.ts';
import { solve } from './iterate.ts';
import { applyInverse, transposed, type LowRank } from './lowRank.ts';
import type { SolverOptions } from './solver.ts';

onGpu();

const [batch, n] = [3, 68];
const forwardOptions: SolverOptions = {
  method: 'broyden',
  history: 40,
  maxIterations: 30,
  tolerance: 1e-3,
  stopMode: 'rel',
};

interface Outcome {
  /** Pairs that the forward solve left. */
  readonly pairs: number;
  /** The inverse Jacobian, times a probe. */
  readonly applied: readonly number[];
  /** Of the transposed solve: its solution, and its residuals with a seed and without. */
  readonly u: readonly number[];
  readonly seeded: readonly number[][];
  readonly plain: readonly number[][];
}

/** z = tanh(z W + b), and then u = W u + d with what was learnt, on the current backend. */
async function outcome({ history = 0, ...others }: Partial<SolverOptions>): Promise<Outcome> {
  const options = { ...forwardOptions, ...others, history };
  // Room for one more pair than the seed may have.
  const transposedOptions = { ...forwardOptions, history: history + 1 };
  const w = tf.tidy(() => tf.mul(wave([n, n], 1.37), 1.3 / Math.sqrt(n)));
  const [b, d, z0] = [wave([batch, n], 0.71), wave([batch, n], 0.33), tf.zeros([batch, n])];
  const times = (z: tf.Tensor, across = false): tf.Tensor2D => tf.matMul(z, w, false, across);
  const forward = await solve(
    (z) => tf.tanh(tf.add(times(z), b)),
    z0,
    options,
    undefined,
    undefined,
    { keepInverse: true },
  );
  const inverse = forward.inverse as LowRank;
  const product = tf.tidy(() => applyInverse(inverse, d as tf.Tensor2D));
  const slope = tf.tidy(() => tf.sub(1, tf.square(forward.z)));
  const across = (u: tf.Tensor): tf.Tensor => tf.add(times(tf.mul(u, slope), true), d);
  const seed = transposed(inverse);
  const seeded = await solve(across, z0, transposedOptions, undefined, undefined, { seed });
  const plain = await solve(across, z0, transposedOptions);
  const found = {
    pairs: inverse.u.shape[1],
    applied: [...(await product.data())],
    u: [...(await seeded.z.data())],
    seeded: seeded.records.map(({ rel }) => rel),
    plain: plain.records.map(({ rel }) => rel),
  };
  tf.dispose([w, b, d, z0, forward.z, inverse, product, slope, seeded.z, plain.z]);
  return found;
}

const both = async (
  options: Partial<SolverOptions>,
  subgroups: boolean,
): Promise<{ readonly fused: Outcome; readonly reference: Outcome }> => {
  setFused(true);
  setSubgroups(subgroups);
  const fused = await outcome(options);
  setFused(false);
  return { fused, reference: await onCpu(() => outcome(options)) };
};

const far = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((x, i) => x - (b[i] ?? NaN))) / Math.hypot(...b);

afterEach(() => {
  setSubgroups(true);
});

describe.each([true, false])('by subgroups: %s', (subgroups) => {
  test('what a solve to its tolerance leaves, and a solve that begins with it and is shorter for it', async () => {
    const { fused, reference } = await both({ history: 40 }, subgroups);
    // Points that were made ahead of the host's look add pairs of zeros.
    expect(fused.pairs).toBeGreaterThanOrEqual(reference.pairs);
    expect(far(fused.applied, reference.applied)).toBeLessThan(1e-3);
    expect(far(fused.u, reference.u)).toBeLessThan(5e-3);
    expect(fused.seeded.length).toBeLessThan(fused.plain.length);
  });

  test('of full memory the newest pairs are left, and the oldest of a seed are the first to go', async () => {
    // Seven pairs have been made: the ring of three has its oldest one in its middle.
    const { fused, reference } = await both(
      { history: 3, maxIterations: 7, tolerance: 0 },
      subgroups,
    );
    expect([fused.pairs, reference.pairs]).toEqual([3, 3]);
    expect(far(fused.applied, reference.applied)).toBeLessThan(1e-3);
    for (const k of [0, 1, 2, 3, 4, 5])
      expect(far(fused.seeded[k] ?? [], reference.seeded[k] ?? []), `record ${k}`).toBeLessThan(
        0.02,
      );
  });
});
