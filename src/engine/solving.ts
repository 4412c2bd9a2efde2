import { iterate, type Solution } from '../solvers/iterate.ts';
import type {
  FixedPointMap,
  IterationRecord,
  SolverOptions,
  SolveStatus,
} from '../solvers/solver.ts';
import type * as tf from '../tf/index.ts';
import type { Phase } from './protocol.ts';

/** A solve that commands pull records out of, and the best point it has found. */
export class Solving {
  readonly id: number;
  readonly phase: Phase;
  #status: SolveStatus = 'running';
  #newest: IterationRecord | undefined;
  #best: tf.Tensor | undefined;
  #point: tf.Tensor | undefined;
  readonly #z0: tf.Tensor;
  readonly #generator: AsyncGenerator<IterationRecord, Solution, void>;

  /** Takes over `z0`. Nothing is evaluated yet. `watched`: whether `point` is kept. */
  constructor(
    id: number,
    phase: Phase,
    f: FixedPointMap,
    z0: tf.Tensor,
    options: SolverOptions,
    watched = false,
  ) {
    this.id = id;
    this.phase = phase;
    this.#z0 = z0;
    this.#generator = iterate(f, z0, options, (best, newest) => {
      this.#best?.dispose();
      this.#best = best;
      if (!watched) return;
      this.#point?.dispose();
      this.#point = newest();
    });
  }

  get status(): SolveStatus {
    return this.#status;
  }

  /** The newest record, if there is one. */
  get newest(): IterationRecord | undefined {
    return this.#newest;
  }

  /** Per sample, the point with the lowest residual so far; belongs to the solve. */
  get best(): tf.Tensor | undefined {
    return this.#best;
  }

  /** z_k of the newest record, where it is watched; belongs to the solve. */
  get point(): tf.Tensor | undefined {
    return this.#point;
  }

  /** Make the next record; undefined when the solve is over, and its solver freed. */
  async next(): Promise<IterationRecord | undefined> {
    if (this.#status !== 'running') return undefined;
    const step = await this.#generator.next();
    if (step.done === true) return undefined;
    this.#newest = step.value;
    this.#status = step.value.status;
    // Nothing more will come, so the solver's history need not stay.
    if (this.#status !== 'running') await this.#generator.return(undefined as never);
    return step.value;
  }

  /** Free everything. Waits for a step in progress. */
  async end(): Promise<void> {
    await this.#generator.return(undefined as never);
    this.#best?.dispose();
    this.#best = undefined;
    this.#point?.dispose();
    this.#point = undefined;
    this.#z0.dispose();
  }
}
