import { openMap } from './build.ts';
import type { Explored, Exploring } from './exploring.ts';
import type { ExploreCommands } from './protocol/exploreProtocol.ts';
import type { SessionCommands } from './serve.ts';
import { forwardOptions } from './solverOptions.ts';
import type { Solved } from './solving.ts';
import type { SolveReport } from './protocol/solveReport.ts';

/** Who has the forward solve. */
export interface ExploreHost {
  /** Throws when nothing was configured yet. */
  readonly explored: Explored;
  /** Replaces the forward solve by one of `source`, which it takes over. */
  branch(source: Solved): Promise<SolveReport>;
}

/** The commands that look into the forward solve of `host`. */
export const exploreCommands = (
  exploring: Exploring,
  host: ExploreHost,
): Pick<SessionCommands, keyof ExploreCommands> => ({
  inspect: ({ signal }, upTo, sample) => exploring.inspect(signal, host.explored, upTo, sample),
  observe: ({ signal }, iterations) => exploring.observe(signal, host.explored, iterations),
  explain: ({ signal }, iteration, sample) =>
    exploring.explain(signal, host.explored, iteration, sample),
  fork: async ({ signal }, experiment, from) => {
    const start = await exploring.forkPoint(signal, host.explored, from);
    const map = openMap(host.explored.built.problem, experiment);
    return host.branch({
      map,
      z0: start,
      options: forwardOptions(experiment),
      release: () => map.dispose?.(),
    });
  },
  distance: () => exploring.distance(host.explored),
  race: (turn, experiments) => exploring.race(turn, host.explored.built, experiments),
});
