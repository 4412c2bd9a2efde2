import type { GpuCounters } from '../src/tf/counters.ts';
import type { Scaling } from './rows.ts';
import { sizes, type Size } from './sizes.ts';
import { openSubject, resultOf, type Subject } from './subject.ts';
import { repeat } from '../src/numerics/repeat.ts';
import { median } from './median.mjs';
import { inRounds, timed, type Rounds, type Work } from './timing.ts';
import { solved } from './works.ts';

const base = sizes.small;
const history = 10;
/** Enough for twice the history to be full for a while. */
const iterations = 32;
const repetitions = 16;

/** What is doubled. Heads keep their size; the hidden layer stays twice as wide as the state. */
const doubled: readonly { what: Scaling['doubled']; size: Size; from: number }[] = [
  { what: 'length', size: { ...base, length: 2 * base.length }, from: base.length },
  {
    what: 'width',
    size: { ...base, width: 2 * base.width, heads: 2 * base.heads, inner: 2 * base.inner },
    from: base.width,
  },
  { what: 'batch', size: { ...base, batch: 2 * base.batch }, from: base.batch },
  { what: 'history', size: base, from: history },
];

/** Cost of the fused f and of a fused Broyden solve as one size doubles, both measured in turn. */
export async function measureScaling(counters: GpuCounters, rounds: Rounds): Promise<Scaling[]> {
  const found: Scaling[] = [];
  using small = await openSubject('fused', base);
  for (const { what, size, from } of doubled) {
    using large = await openSubject('fused', size);
    const pair = { doubled: what, from, to: 2 * from };
    if (what !== 'history')
      found.push({
        ...{ ...pair, work: 'f' },
        ...(await compare(evaluations(small, counters), evaluations(large, counters), rounds)),
      });
    const twice = what === 'history' ? 2 * history : history;
    found.push({
      ...{ ...pair, work: 'solve' },
      ...(await compare(solves(small, counters, history), solves(large, counters, twice), rounds)),
    });
  }
  return found;
}

async function compare(
  one: Work,
  other: Work,
  rounds: Rounds,
): Promise<Pick<Scaling, 'ms' | 'doubledMs' | 'ratio'>> {
  await one.warm();
  await other.warm();
  const samples = await inRounds([one, other], rounds);
  const [ms = NaN, doubledMs = NaN] = samples.map((each) => median(each.map((x) => x.ms)));
  return { ms, doubledMs, ratio: doubledMs / ms };
}

const workOf = (measure: Work['measure']): Work => ({
  // All of them are fused, and nothing else is measured meanwhile.
  enter: () => Promise.resolve(),
  measure,
  warm: async () => {
    await measure();
    return null;
  },
});

const evaluations = ({ f, z0 }: Subject, counters: GpuCounters): Work =>
  workOf(() => timed(counters, repetitions, () => resultOf(repeat(f, z0, repetitions))));

const solves = ({ f, z0 }: Subject, counters: GpuCounters, rank: number): Work =>
  workOf(() =>
    timed(counters, 1, () =>
      solved(f, z0, { method: 'broyden', history: rank, maxIterations: iterations }),
    ),
  );
