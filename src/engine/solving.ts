import type { Standing } from '../numerics/iterate.ts';
import { iterateMap, type MapIteration } from '../numerics/iterateMap.ts';
import type { LowRank } from '../numerics/lowRank.ts';
import type { IterationMap } from '../numerics/maps.ts';
import type { IterationRecord, SolverOptions, SolveStatus } from '../numerics/solver.ts';
import * as tf from '../tf/index.ts';
import type { Phase } from './protocol/protocol.ts';

/** What a solve is of. */
export interface Solved {
  /** What is iterated; its f is what residuals are of. */
  readonly map: IterationMap;
  /** The z it starts from. */
  readonly z0: tf.Tensor;
  readonly options: SolverOptions;
  /** The inverse Jacobian that it begins with, where it learns one. */
  readonly seed?: LowRank | undefined;
  /** Frees the map, where nobody else does. */
  readonly release?: () => void;
}

/** A solve that commands pull records out of, and the best point it has found. */
export class Solving {
  readonly id: number;
  readonly phase: Phase;
  #status: SolveStatus = 'running';
  #newest: IterationRecord | undefined;
  #best: tf.Tensor | undefined;
  #point: tf.Tensor | undefined;
  #standing: Standing | undefined;
  #bestRecords: readonly IterationRecord[] = [];
  #looked = true;
  /** What it solves, from where. */
  readonly source: Solved;
  readonly #generator: MapIteration;

  /** Takes over the source. Nothing is evaluated yet. */
  constructor(id: number, phase: Phase, source: Solved) {
    this.id = id;
    this.phase = phase;
    this.source = source;
    const { map, z0, options, seed } = source;
    this.#generator = iterateMap(map, options, {
      ...{ z0, seed },
      onPoint: (standing) => {
        this.#forget();
        this.#standing = standing;
        this.#bestRecords = standing.bestRecords;
        this.#looked = true;
      },
    });
  }

  get status(): SolveStatus {
    return this.#status;
  }

  /** The newest record, if there is one. */
  get newest(): IterationRecord | undefined {
    return this.#newest;
  }

  /** False while records of points that were made together are still to come: they cost nothing. */
  get looked(): boolean {
    return this.#looked;
  }

  /** Per sample, the z with the lowest residual so far; belongs to the solve. */
  get best(): tf.Tensor | undefined {
    return (this.#best ??= this.#standing?.best());
  }

  /**
   * Where `best` was found: the iteration (of several samples that of the latest found), and the largest relative
   * residual in it.
   */
  get bestAt(): { readonly iteration: number; readonly residual: number } {
    return {
      iteration: Math.max(0, ...this.#bestRecords.map(({ iteration }) => iteration)),
      // A convention that measures the batch as one has one residual for all.
      residual: Math.max(...this.#bestRecords.map(({ rel }, i) => rel[i] ?? rel[0] ?? NaN)),
    };
  }

  /** The z where the host looked last; belongs to the solve. */
  get point(): tf.Tensor | undefined {
    return (this.#point ??= this.#standing?.newest());
  }

  /**
   * Make the next record; undefined when the solve is over, and its solver freed. `ahead`: points that
   * may be made before the host looks.
   */
  async next(ahead = 1): Promise<IterationRecord | undefined> {
    if (this.#status !== 'running') return undefined;
    this.#looked = false;
    const step = await this.#generator.next(ahead);
    if (step.done === true) return undefined;
    this.#newest = step.value;
    this.#status = step.value.status;
    // Nothing more will come, so the solver's history need not stay.
    if (this.#status !== 'running') {
      this.#best = this.best;
      this.#point = this.point;
      this.#standing = undefined;
      await this.#generator.return(undefined as never);
    }
    return step.value;
  }

  /** Free everything. Waits for a step in progress. */
  async end(): Promise<void> {
    await this.#generator.return(undefined as never);
    this.#standing = undefined;
    this.#forget();
    this.source.z0.dispose();
    this.source.release?.();
  }

  #forget(): void {
    tf.dispose([this.#best ?? [], this.#point ?? []]);
    this.#best = undefined;
    this.#point = undefined;
  }
}
