import { median } from './median.mjs';
import { subtract, type GpuCounters, type GpuCounts } from '../src/tf/counters.ts';

/** What one measurement gave, per unit of work. */
export interface Sample {
  readonly ms: number;
  readonly counts: GpuCounts;
}

/** A result whose device can be waited for. */
export interface Result {
  /** Reads one number of it: everything enqueued before is done then. The same for every variant. */
  readonly wait: () => Promise<unknown>;
  readonly dispose: () => void;
}

/** One kind of work by one variant, ready to be run again and again. */
export interface Work {
  /** Make its backend the current one. */
  readonly enter: () => Promise<void>;
  /**
   * Do it once and measure: the time until its result could be read. Counts leave out the read at the
   * end, which is no part of the work.
   */
  readonly measure: () => Promise<Sample>;
  /** Do enough of it for everything to be compiled. Gives the peak bytes, null where nobody can know. */
  readonly warm: () => Promise<number | null>;
}

/** First and third quartile: the medians of the halves, both with the middle value. NaN of nothing. */
export function quartiles(values: readonly number[]): readonly [number, number] {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.ceil(sorted.length / 2);
  return [median(sorted.slice(0, half)), median(sorted.slice(sorted.length - half))];
}

/** Run `work` and wait for its result; `units` is how much of it was done. */
export async function timed(
  counters: GpuCounters,
  units: number,
  work: () => Promise<Result> | Result,
): Promise<Sample> {
  const before = counters.sample();
  const started = performance.now();
  const result = await work();
  await result.wait();
  const ms = performance.now() - started;
  const done = counters.sample();
  // Once more, for nothing: what waiting costs in dispatches and read-backs. A pipeline compiled by the
  // first wait stays with the work, which only a warm-up can have.
  await result.wait();
  const counts = subtract(subtract(done, before), subtract(counters.sample(), done));
  result.dispose();
  return {
    ms: ms / units,
    counts: {
      dispatches: counts.dispatches / units,
      readbacks: counts.readbacks / units,
      pipelines: counts.pipelines,
    },
  };
}

/** `(many − few) / units`: what the units between them cost. Pipelines add up. */
export const between = (few: Sample, many: Sample, units: number): Sample => ({
  ms: (many.ms - few.ms) / units,
  counts: {
    dispatches: (many.counts.dispatches - few.counts.dispatches) / units,
    readbacks: (many.counts.readbacks - few.counts.readbacks) / units,
    pipelines: many.counts.pipelines + few.counts.pipelines,
  },
});

/** How long rounds go on. */
export interface Rounds {
  /** Milliseconds after the first few rounds, which slow works take part in too, in which new ones begin. */
  readonly budget: number;
  readonly most: number;
  /** Milliseconds: a measurement slower than this takes part in the first few rounds alone. */
  readonly slow: number;
}

/** A measurement slower than this takes part in one round. */
const slowest = 4000;
const few = 3;

/**
 * Measure works in turn, a round of each, so that what else the machine does meanwhile is shared by all
 * of them and ratios stay fair. Each takes part in a round at least.
 */
export async function inRounds(
  works: readonly Work[],
  { budget, most, slow }: Rounds,
): Promise<readonly (readonly Sample[])[]> {
  const samples: Sample[][] = works.map(() => []);
  const costs = works.map(() => 0);
  let began = performance.now();
  for (let round = 0; round < most; round++) {
    if (round === few) began = performance.now();
    if (round > few && performance.now() - began > budget) break;
    for (const [i, work] of works.entries()) {
      const cost = costs[i] ?? 0;
      if ((round >= 1 && cost > slowest) || (round >= few && cost > slow)) continue;
      const begun = performance.now();
      await work.enter();
      samples[i]?.push(await work.measure());
      costs[i] = performance.now() - begun;
    }
  }
  return samples;
}
