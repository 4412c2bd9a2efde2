import type { SolverOptions } from '../numerics/solver.ts';
import type * as tf from '../tf/index.ts';
import type { Explored, Exploring } from './exploring.ts';
import type { ExploreCommands } from './protocol/exploreProtocol.ts';
import type { SessionCommands } from './serve.ts';
import { forwardOptions } from './solverOptions.ts';
import type { SolveReport } from './protocol/solveReport.ts';

/** Who has the forward solve. */
export interface ExploreHost {
  /** Throws when nothing was configured yet. */
  readonly explored: Explored;
  /** Replaces the forward solve by one from `start`, which it takes over. */
  branch(start: tf.Tensor, options: SolverOptions): Promise<SolveReport>;
}

/** The commands that look into the forward solve of `host`. */
export const exploreCommands = (
  exploring: Exploring,
  host: ExploreHost,
): Pick<SessionCommands, keyof ExploreCommands> => ({
  inspect: ({ signal }, upTo, sample) => exploring.inspect(signal, host.explored, upTo, sample),
  explain: ({ signal }, iteration, sample) =>
    exploring.explain(signal, host.explored, iteration, sample),
  fork: async ({ signal }, experiment, from) => {
    const start = await exploring.forkPoint(signal, host.explored, from);
    return host.branch(start, forwardOptions(experiment));
  },
  distance: () => exploring.distance(host.explored),
  race: (turn, experiments) => exploring.race(turn, host.explored.built, experiments),
});
