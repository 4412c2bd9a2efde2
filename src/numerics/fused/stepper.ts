import * as tf from '../../tf/index.ts';
import { allocate, computeOne, update } from '../../tf/programs.ts';
import type { LowRank } from '../lowRank.ts';
import type { FlatMap, Moving } from '../method.ts';
import type { SolverEvent, SolverOptions } from '../solver.ts';
import type { Measurement, Stepper } from '../stepper.ts';
import { flagsOf, type Kernels } from './kernels.ts';
import { traceLength } from './settings.ts';

/** An iterative method as kernels that change fixed-capacity buffers in place. */
export interface FusedMethod {
  /** What a fall-back to Picard is called in this method's records. */
  readonly fallback: SolverEvent;
  /** The event of an iteration that is known from its number alone. */
  readonly event: (iteration: number) => SolverEvent | undefined;
  /** Buffers and kernels for a state of this shape. */
  readonly open: (batch: number, n: number) => FusedState;
}

/** One solve's buffers. Kernels are enqueued, nothing is read back. */
export interface FusedState {
  /** Each sample's flags and what else lasts between kernels; vectors of four. */
  readonly work: tf.Tensor;
  /** Vectors of four in `work` a sample. */
  readonly stride: number;
  /**
   * Take note of the best point and move `z` on from its evaluation `fz`, which was iteration `k`.
   * Held samples stay.
   */
  readonly move: (kernels: Kernels, fz: tf.Tensor) => void;
  /** Measure the point `z` with its evaluation `fz`, and judge it. */
  readonly measure: (kernels: Kernels, fz: tf.Tensor) => void;
  /** Enqueue the kernels that only later iterations use, to have them compiled. */
  readonly rehearseLater?: (kernels: Kernels, fz: tf.Tensor) => void;
  /** What is learnt of the inverse Jacobian once `iteration` has moved on, where a method learns one; in new tensors. */
  readonly inverse?: (iteration: number) => LowRank | undefined;
  readonly dispose: () => void;
}

/**
 * Runs a fused method. Who still moves and which point was the lowest is decided on the GPU, by the rule
 * of `judge`, so that points can be made ahead of the host's look.
 */
export function fusedStepper(
  method: FusedMethod,
  f: FlatMap,
  start: () => tf.Tensor2D,
  { tolerance, stopMode }: Pick<SolverOptions, 'tolerance' | 'stopMode'>,
): Stepper {
  // Computed: handles that others hold on z0 must not move with ours.
  const z = tf.tidy(() => tf.mul<tf.Tensor2D>(start(), 1));
  const [batch, n] = z.shape;
  const best = tf.tidy(() => tf.mul<tf.Tensor2D>(z, 1));
  const state = method.open(batch, n);
  const { work, stride } = state;
  const trace = allocate([batch, traceLength]);
  let fz: tf.Tensor2D | undefined;
  let iteration = 0;
  let held = '';

  const kernels = (norms: tf.Tensor, row: number): Kernels => {
    const rule = { tolerance, absolute: stopMode === 'abs' };
    return { batch, n, z, best, trace, norms, row, iteration, rule };
  };
  const evaluateAt = (): tf.Tensor2D =>
    tf.tidy(() => {
      const value = f(z);
      // A map that returns its argument would be changed with it.
      return value.dataId === z.dataId ? tf.mul<tf.Tensor2D>(value, 1) : value;
    });
  /** Samples that the host holds and the GPU may not know of. */
  const hold = ({ flags }: Pick<Moving, 'flags'>): void => {
    if (flags.join() === held) return;
    held = flags.join();
    const mask = tf.tensor1d(flags.map((moves) => (moves ? 0 : 1)));
    update({
      key: 'solver hold',
      reads: { mask: [mask, 1] },
      writes: { work: [work, 4] },
      sizes: { batch, stride },
      threads: batch,
      source: () => `fn main(index: i32) {
  if (index >= uniforms.batch || mask[index] == 0.0) { return; }
  work[index * uniforms.stride].x = 1.0;
}`,
    });
    mask.dispose();
  };

  /** Move on, unless there is no point yet, and evaluate and measure the next. */
  const make = (norms: tf.Tensor, row: number): void => {
    const step = kernels(norms, row);
    if (fz) {
      state.move(step, fz);
      fz.dispose();
    }
    fz = evaluateAt();
    state.measure(step, fz);
    iteration++;
  };
  const bestNow = (): tf.Tensor2D =>
    computeOne({
      key: 'solver best',
      reads: { z: [z, 1], best: [best, 1], work: [work, 4] },
      sizes: { batch, n, stride },
      result: [[batch, n], 1],
      threads: batch * n,
      source: () => `${flagsOf}
fn main(index: i32) {
  if (index >= uniforms.batch * uniforms.n) { return; }
  if (isBest(index / uniforms.n)) { result[index] = z[index]; } else { result[index] = best[index]; }
}`,
    }) as tf.Tensor2D;

  return {
    fallback: method.fallback,
    async advance(count, moving) {
      if (moving) hold(moving);
      const first = iteration;
      const norms = allocate([count, batch, 4]);
      try {
        for (let row = 0; row < count; row++) make(norms, row);
        const values = (await norms.data()) as Float32Array;
        return Array.from({ length: count }, (_, row) => ({
          ...measurementOf(values, row, batch),
          event: method.event(first + row),
        }));
      } finally {
        norms.dispose();
      }
    },
    rehearse() {
      const rows = 3; // the first two steps differ from the others
      const norms = allocate([rows, batch, 4]);
      for (let row = 0; row < rows; row++) make(norms, row);
      if (fz) state.rehearseLater?.(kernels(norms, 0), fz);
      hold({ flags: new Array<boolean>(batch).fill(true) });
      tf.dispose([norms, bestNow()]);
    },
    settle: () => undefined,
    best: bestNow,
    newest: () => tf.tidy(() => tf.mul<tf.Tensor2D>(z, 1)),
    inverse() {
      if (!fz || !state.inverse) return undefined;
      const norms = allocate([1, batch, 4]);
      // The newest pair is made with the step that follows it.
      state.move(kernels(norms, 0), fz);
      norms.dispose();
      return state.inverse(iteration);
    },
    [Symbol.dispose]: () => {
      tf.dispose([z, best, trace, fz ?? []]);
      state.dispose();
    },
  };
}

function measurementOf(values: Float32Array, row: number, batch: number): Measurement {
  const column = (which: number): number[] =>
    Array.from({ length: batch }, (_, b) => values[(row * batch + b) * 4 + which] ?? NaN);
  return { abs: column(0), rel: column(1), fellBack: column(2).map((flag) => flag > 0) };
}
