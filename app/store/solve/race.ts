import type { Experiment } from '../../../src/schema/experiment.ts';
import type { Progress, RaceRow } from '../../../src/engine/protocol/protocol.ts';

/** Settings of a solver, as an experiment has them. */
export type SolverSettings = Experiment['solver'];

/** Solvers side by side on one problem. */
export interface Race {
  /** What was run last; each with the settings it ran with. */
  readonly experiments: readonly Experiment[];
  readonly rows: readonly RaceRow[];
  /** Null while none is run. */
  readonly progress: Progress | null;
  /** Why there are fewer rows than lanes, in words. */
  readonly failure: string | null;
}

/** The race and its lanes. */
export interface RaceSlice {
  /** The solvers to run; null: those that a fresh page offers. */
  readonly lanes: readonly SolverSettings[] | null;
  readonly setLanes: (lanes: readonly SolverSettings[]) => void;
  readonly race: Race;
  readonly startRace: (lanes: readonly SolverSettings[]) => void;
  readonly stopRace: () => void;
}

/** No race yet. */
export const noRace: Race = { experiments: [], rows: [], progress: null, failure: null };
