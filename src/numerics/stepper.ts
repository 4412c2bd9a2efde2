import type * as tf from '../tf/index.ts';
import type { LowRank } from './lowRank.ts';
import type { Moving } from './method.ts';
import type { SolverEvent } from './solver.ts';

/** What the host is told of one evaluated point. */
export interface Measurement {
  /** ‖f(z) − z‖₂ of each sample. */
  readonly abs: number[];
  /** That over ‖f(z)‖₂ + 1e-9. */
  readonly rel: number[];
  /** Samples whose step to this point was Picard's instead of the method's own. */
  readonly fellBack: readonly boolean[];
  /** What happened on the way to this point, a fall-back apart. */
  readonly event?: SolverEvent | undefined;
  /** The method's own numbers on how it was made. */
  readonly figures?: Readonly<Record<string, number>> | undefined;
}

/** One solve in progress: it makes points, and keeps the newest and the best. */
export interface Stepper extends Disposable {
  /** What a fall-back is called in this method's records. */
  readonly fallback: SolverEvent;
  /**
   * Make the next `count` points at most, the starting point first of all, and say what they are. One
   * that must look at each makes one. `moving`: who still moves; without it all do.
   */
  advance(count: number, moving: Moving | undefined): Promise<Measurement[]>;
  /** Enqueue one of every kernel that a solve uses, and read nothing: to have them compiled. */
  rehearse(): void;
  /** Which samples were never lower than at the newest point; for steppers that look at each. */
  settle(better: readonly boolean[]): void;
  /** Per sample the evaluated point with the lowest residual `[batch, n]`; the caller owns it. */
  best(): tf.Tensor2D;
  /** The newest evaluated point `[batch, n]`; the caller owns it. */
  newest(): tf.Tensor2D;
  /**
   * What the method has learnt of the inverse Jacobian of g, where it learns one and has; the caller owns it. It makes the
   * pair of the newest step, for which kernels move on: only `[Symbol.dispose]` may follow.
   */
  inverse?(): LowRank | undefined;
}
