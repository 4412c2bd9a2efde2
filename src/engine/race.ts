import type { RaceTimes } from './protocol/exploreProtocol.ts';

/** Timed runs of each lane at most: odd, so that the median is one of them. */
export const raceRounds = 5;

/** Milliseconds of timed runs after which no further round is begun: a slow device is not kept for minutes. */
const budget = 6000;

/** One run of one lane. */
export interface LaneRun {
  readonly milliseconds: number;
}

/**
 * Runs every lane once to warm up, and then again in rounds, in each of which another lane is the first: a device that
 * slows down or speeds up meanwhile does so to all. `run` gives undefined when it was interrupted; then what ran is
 * returned. At most `raceRounds` rounds.
 *
 * @returns of each lane its runs in order, the warm-up first; empty where none came to its end.
 */
export async function runInTurns<R extends LaneRun>(
  lanes: number,
  run: (lane: number, round: number) => Promise<R | undefined>,
): Promise<R[][]> {
  const runs: R[][] = Array.from({ length: lanes }, () => []);
  let spent = 0;
  for (let round = 0; round <= raceRounds && spent < budget; round++) {
    for (let turn = 0; turn < lanes; turn++) {
      const lane = (turn + Math.max(0, round - 1)) % lanes;
      const made = await run(lane, round);
      if (!made) return runs;
      runs[lane]?.push(made);
      if (round > 0) spent += made.milliseconds;
    }
  }
  return runs;
}

/** The run whose time is the median of the timed ones (of an even number the quicker); undefined without any. */
export function medianRun<R extends LaneRun>([, ...timed]: readonly R[]): R | undefined {
  const sorted = timed.toSorted((a, b) => a.milliseconds - b.milliseconds);
  return sorted[(sorted.length - 1) >> 1];
}

/** What the timed runs of a lane took; null without any. The first run warmed up, and does not count. */
export function timesOf(runs: readonly LaneRun[]): RaceTimes | null {
  const median = medianRun(runs);
  if (!median) return null;
  const times = runs.slice(1).map(({ milliseconds }) => milliseconds);
  return {
    median: median.milliseconds,
    least: Math.min(...times),
    most: Math.max(...times),
    runs: times.length,
  };
}
