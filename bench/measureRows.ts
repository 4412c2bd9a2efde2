import { subtract, type GpuCounters } from '../src/tf/counters.ts';
import { initJax, openJax } from './jaxWorks.ts';
import type { Row, SizeName, VariantName, WorkName } from './rows.ts';
import { sizes } from './sizes.ts';
import { enterVariant, openSubject, type Subject } from './subject.ts';
import { median } from './median.mjs';
import { inRounds, quartiles, type Rounds, type Sample, type Work } from './timing.ts';
import { tensorWork, type Amount } from './works.ts';

/** How much is done of each size. Stock at medium takes a second for what others do in a tenth. */
const amounts: Readonly<Record<SizeName, Amount & { slowIterations: number } & Rounds>> = {
  small: { repetitions: 16, iterations: 24, slowIterations: 8, budget: 6000, most: 15, slow: 800 },
  odd: { repetitions: 16, iterations: 48, slowIterations: 8, budget: 2000, most: 7, slow: 800 },
  medium: { repetitions: 4, iterations: 24, slowIterations: 4, budget: 9000, most: 9, slow: 2000 },
};

/** Works measured in the same rounds, because the ratios of their times are asked for. */
const groups: readonly (readonly WorkName[])[] = [
  ['f', 'f+vjp', 'f-in-row', 'broyden', 'anderson', 'vjp-in-row', 'adjoint'],
  ['solve-30'],
  ['train-step'],
  ['train-plain', 'train-seeded', 'train-shine'],
  ['generate-64', 'generate-whole'],
];

/**
 * All rows of a size, and how far jax-js's numbers are off. Throws when they are off by more than a
 * thousandth: it would then not be the same layer.
 */
export async function measureRows(
  size: SizeName,
  counters: GpuCounters,
  report: (text: string) => void,
): Promise<{ rows: Row[]; jaxDifference: number }> {
  const subjects: Subject[] = [];
  for (const variant of ['wasm', 'stock', 'fused'] as const)
    subjects.unshift(await openSubject(variant, sizes[size]));
  const [fused] = subjects as [Subject, ...Subject[]];
  await initJax();
  using jax = await openJax(fused);
  if (!(jax.difference < 1e-3))
    throw new Error(`jax-js differs from the fused kernels by ${jax.difference}.`);
  const { slowIterations, ...amount } = amounts[size];
  const rows: Row[] = [];
  for (const names of groups) {
    // A variant's works one after the other: those whose ratio is asked for are neighbours in time.
    const entries = subjects.flatMap((subject) =>
      names
        .filter((work) => takesPart(work, subject.variant))
        .map((work): Entry => {
          const slow = subject.variant === 'stock' ? { iterations: slowIterations } : {};
          const { variant } = subject;
          return {
            work,
            variant,
            run: tensorWork(work, subject, counters, { ...amount, ...slow }),
          };
        }),
    );
    for (const work of names) {
      const run = jax.work(work, counters, amount.repetitions);
      if (run) entries.push({ work, variant: 'jax-js', run });
    }
    const { most, budget, slow } = amount;
    const rounds = { most, slow, budget: budget * names.length };
    const made = await measureEntries(entries, counters, rounds);
    for (const name of names)
      rows.push(...made.filter(({ work }) => work === name).map((row) => ({ ...row, size })));
    for (const work of names) report(`${size} ${work}: ${summary(made, work)}`);
  }
  for (const subject of subjects) {
    await enterVariant(subject.variant);
    subject[Symbol.dispose]();
  }
  return { rows, jaxDifference: jax.difference };
}

/** Works that would take stock minutes, of which no other's ratio needs anything. */
const notByStock: ReadonlySet<WorkName> = new Set([
  'train-plain',
  'train-seeded',
  'train-shine',
  'generate-whole',
]);

/** Whether a variant is measured by a work. */
const takesPart = (work: WorkName, variant: VariantName): boolean =>
  work.endsWith('-in-row') ? variant === 'fused' : variant !== 'stock' || !notByStock.has(work);

/** One row to be. */
interface Entry {
  readonly work: WorkName;
  readonly variant: VariantName;
  readonly run: Work;
}

/** Warm each up, then measure them in turn. */
async function measureEntries(
  entries: readonly Entry[],
  counters: GpuCounters,
  rounds: Rounds,
): Promise<Omit<Row, 'size'>[]> {
  const warmed: Pick<Row, 'pipelines' | 'peakBytes'>[] = [];
  for (const { run } of entries) {
    await run.enter();
    const before = counters.sample();
    const peakBytes = await run.warm();
    const { pipelines } = subtract(counters.sample(), before);
    warmed.push({ pipelines, peakBytes });
  }
  const samples = await inRounds(
    entries.map(({ run }) => run),
    rounds,
  );
  /** The middle of what an iteration takes of what is measured right before it: a machine's pace changes from round to round. */
  const besideOf = ({ work, variant }: Entry, own: readonly Sample[]): Pick<Row, 'beside'> => {
    const other = neighbours[work];
    const place = entries.findIndex((entry) => entry.work === other && entry.variant === variant);
    const others = samples[place];
    if (!others) return {};
    return { beside: median(own.map(({ ms }, round) => ms / (others[round]?.ms ?? NaN))) };
  };
  return entries.map((entry, i) => ({
    ...{ work: entry.work, variant: entry.variant },
    ...figuresOf(samples[i] ?? []),
    ...besideOf(entry, samples[i] ?? []),
    ...(warmed[i] ?? { pipelines: NaN, peakBytes: null }),
  }));
}

/** What an iteration is measured beside. */
const neighbours: Readonly<Partial<Record<WorkName, WorkName>>> = {
  broyden: 'f-in-row',
  anderson: 'f-in-row',
  adjoint: 'vjp-in-row',
};

function figuresOf(
  samples: readonly Sample[],
): Omit<Row, 'work' | 'size' | 'variant' | 'pipelines' | 'peakBytes'> {
  const middle = (of: (sample: Sample) => number): number => median(samples.map(of));
  return {
    medianMs: middle(({ ms }) => ms),
    spread: quartiles(samples.map(({ ms }) => ms)),
    dispatches: middle(({ counts }) => counts.dispatches),
    readbacks: middle(({ counts }) => counts.readbacks),
    pipelinesAfterWarmUp: samples.reduce((sum, { counts }) => sum + counts.pipelines, 0),
    samples: samples.length,
  };
}

const summary = (made: readonly Omit<Row, 'size'>[], name: WorkName): string =>
  made
    .filter(({ work }) => work === name)
    .map(({ variant, medianMs }) => `${variant} ${medianMs.toFixed(2)} ms`)
    .join(', ');
