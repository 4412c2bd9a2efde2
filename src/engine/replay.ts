import { relativeFloor } from '../numerics/conventions/settings.ts';
import { relativeTo, scaledNorm } from '../numerics/norms.ts';
import type { Standing } from '../numerics/iterate.ts';
import { iterateMap, type MapIteration } from '../numerics/iterateMap.ts';
import type { Solved } from './solving.ts';
import { byRow, type StateRows } from './stateRows.ts';
import * as tf from '../tf/index.ts';
import { readPacked } from '../tf/readback.ts';
import { breathe } from '../tf/pace.ts';

/** What may be kept of a replay. */
interface Budget {
  /** Bytes of points. */
  readonly bytes: number;
  /** The newest points, which are never thinned out. */
  readonly newest: number;
}
const usual: Budget = { bytes: 64e6, newest: 64 };

/** What a replay solves again: a solve's own map, start and options, borrowed. */
export type ReplaySource = Pick<Solved, 'map' | 'z0' | 'options'>;

/**
 * The iterations of a solve, made again beside it with a look at each: pictures cost the solve itself
 * nothing. Solving again from z0 gives the same bits, which going on from a point would not: a solver's
 * history is part of its state. Points are kept on the host.
 */
export class Replay implements Disposable {
  readonly #source: ReplaySource;
  /** What the rows of its pictures are. */
  readonly rows: StateRows;
  readonly #budget: Budget;
  readonly #z0: tf.Tensor;
  readonly #points = new Map<number, Float32Array>();
  readonly #relative: number[][] = [];
  #iteration: MapIteration;
  #standing: Standing | undefined;
  #over = false;

  /** `rows`: pieces of the state whose residuals are wanted. */
  constructor(source: ReplaySource, rows: StateRows, budget = usual) {
    this.#source = source;
    this.rows = rows;
    this.#budget = budget;
    this.#z0 = tf.clone(source.z0);
    this.#iteration = this.#open();
  }

  /** Iterations made. */
  get made(): number {
    return this.#relative.length;
  }

  /** Relative residual of each row of the state, iteration by iteration: `[made][rows]`. */
  get relative(): readonly (readonly number[])[] {
    return this.#relative;
  }

  /** Make iterations up to k, or as many as there are until the signal aborts. */
  async upTo(k: number, signal: AbortSignal): Promise<void> {
    while (this.made <= k && !this.#over && !signal.aborted) {
      await this.#next();
      await breathe();
    }
  }

  /** z_k, all numbers of it; of a point that was thinned out, the one kept before it. */
  point(k: number): Float32Array {
    for (let at = Math.min(k, this.made - 1); at >= 0; at--) {
      const point = this.#points.get(at);
      if (point) return point;
    }
    throw new RangeError('Nothing was solved again yet.');
  }

  /**
   * z_k itself: of a point that was thinned out, by solving again. The caller owns it. Throws the signal's reason where
   * that ends it first: another point would not do.
   */
  async state(k: number, signal: AbortSignal): Promise<tf.Tensor> {
    await this.upTo(k, signal);
    signal.throwIfAborted();
    const kept = this.#points.get(k);
    if (kept) return tf.tensor(kept, this.#z0.shape);
    using again = new Replay(this.#source, this.rows, this.#budget);
    await again.upTo(k, signal);
    signal.throwIfAborted();
    return tf.tensor(again.point(k), this.#z0.shape);
  }

  async #next(): Promise<void> {
    const step = await this.#iteration.next();
    if (step.done === true || !this.#standing) return;
    const z = this.#standing.newest();
    const rows = tf.tidy(() => {
      const fz = this.#source.map.f(z);
      return byRow(tf.sub(fz, z), fz, this.rows, (g, image) =>
        relativeTo(scaledNorm(g), scaledNorm(image), relativeFloor),
      );
    });
    const [point = new Float32Array(), relative = []] = await readPacked([z, rows]);
    tf.dispose([z, rows]);
    this.#points.set(this.made, point);
    this.#relative.push([...relative]);
    this.#thin();
    this.#over = step.value.status !== 'running';
    if (this.#over) await this.#iteration.return(undefined as never);
  }

  /** Past the budget: of the older points every second goes. */
  #thin(): void {
    const bytes = 4 * this.#z0.size;
    if (this.#points.size * bytes <= this.#budget.bytes) return;
    const old = [...this.#points.keys()].filter(
      (k) => k > 0 && k < this.made - this.#budget.newest,
    );
    for (const k of old.filter((_, i) => i % 2 === 1)) this.#points.delete(k);
  }

  #open(): MapIteration {
    const { map, options } = this.#source;
    return iterateMap(map, options, {
      z0: this.#z0,
      onPoint: (standing) => {
        this.#standing = standing;
      },
    });
  }

  [Symbol.dispose](): void {
    // Its answer is of no interest, and nothing of it is running.
    void this.#iteration.return(undefined as never);
    this.#z0.dispose();
  }
}
