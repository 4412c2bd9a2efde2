import type { Observation } from '../../src/families/observation.ts';

/** What the picture of one observation is given. It knows nothing of the family that made it. */
export interface PictureProps<O extends Observation> {
  /** The observation at the iteration that the page shows. */
  readonly shown: O;
  /** `history[k]`: the same at iteration k, up to the one shown; undefined where nothing was observed. */
  readonly history: readonly (O | undefined)[];
  /** The same at every iteration that has been made, those after the one shown too; absent where there are no others. */
  readonly film?: readonly (O | undefined)[];
  /** Goes to an iteration; absent where there is nowhere to go. */
  readonly onIteration?: ((k: number) => void) | undefined;
  /** Iteration of `shown`. */
  readonly iteration: number;
  /** Row of the batch that the page looks at. */
  readonly sample: number;
  /** What each row of the batch is. */
  readonly samples: readonly string[];
  /** Whether the solve has ended and `shown` is of its last iteration. */
  readonly done: boolean;
}
