/**
 * Records what the gallery draws and its tests assert: every preset's runs, in one small file.
 * Called by `scripts/recordTraces.ts`; solves run on the CPU backend, training on WebAssembly.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { cards, type Run } from '../app/views/gallery/cards.ts';
import { memoryCurve } from '../app/views/gallery/memoryCurve.ts';
import { lensOf, type Lens } from '../app/pictures/tokens/lensReadings.ts';
import { likenessOf, type Likeness } from '../app/pictures/image.ts';
import type { RecordedCurve } from '../app/traces/galleryTrace.ts';
import type { Experiment } from '../src/schema/experiment.ts';
import { presets, type PresetName } from '../src/schema/presets.ts';
import { pretrainedFile, weightsOf } from '../src/schema/weights.ts';
import { build } from '../src/engine/build.ts';
import { compareGradients } from '../src/engine/compareGradients.ts';
import { measureSpectrum } from '../src/engine/measureSpectrum.ts';
import type { IterationRecord, Observation, TrainRecord } from '../src/engine/protocol/protocol.ts';
import { createSession } from '../src/engine/session.ts';
import { setAssetReader } from '../src/inputs/assets.ts';
import { solve } from '../src/numerics/iterate.ts';
import { solveMap } from '../src/numerics/iterateMap.ts';
import { MemoryMeter } from '../src/tf/memory.ts';
import { experimentWith, mobyDick, never, startNodeEngine } from './nodeTraining.ts';

type Curve = Omit<RecordedCurve, 'label' | 'changes'>;

/** Digits beyond what a thumbnail or a claim needs only cost download. */
const round = (value: number): number => Number(value.toPrecision(3));

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Beyond this many numbers in z the spectrum takes longer than it is worth here. */
const spectrumLimit = 4096;

/** Layers whose spectrum their claims rest on. */
const hasSmallSpectrum = ({ problem, cell }: Experiment): boolean =>
  problem.family === 'steady' || cell.kind === 'tanh';

/** The forward solve: the worst sample's residual by iteration, and ρ where it ended. */
async function recordSolve(experiment: Experiment): Promise<Curve> {
  const { stopMode } = experiment.solver;
  const pretrained = pretrainedFile(experiment);
  const weights =
    pretrained !== undefined && weightsOf(experiment) === 'pretrained'
      ? new Uint8Array(await readFile(`public/${pretrained}`))
      : undefined;
  using built = await build(experiment, weights);
  const z0 = built.problem.initialState();
  const observed: Observation[][] = [];
  const pending: Promise<void>[] = [];
  const solution = await solveMap(built.map, built.solver, {
    z0,
    onPoint: ({ newest }) => {
      if (!built.problem.observes) return;
      const point = newest();
      const at = observed.push([]) - 1;
      pending.push(
        built.problem.observe(point).then((observations) => {
          observed[at] = observations;
          point.dispose();
        }),
      );
    },
  });
  const { projected: z, status, records } = solution;
  solution.z.dispose();
  await Promise.all(pending);
  const spectrum =
    z.size <= spectrumLimit && status === 'converged' && hasSmallSpectrum(experiment)
      ? await measureSpectrum(built.f, z, records.length)
      : undefined;
  const real = Math.max(...(spectrum?.eigenvalues ?? []).map(([re]) => re));
  const radius = spectrum
    ? {
        radius: round(spectrum.radius),
        sigma: round(spectrum.sigma),
        ...(experiment.problem.family === 'steady' ? { real: round(real) } : {}),
      }
    : {};
  // What a family says itself of a point: ρ among its figures.
  const said = observed.at(-1)?.flatMap((one) => (one.kind === 'figures' ? one.rows : [])) ?? [];
  const [direct] = said.filter(({ name }) => name.startsWith('distance to the direct'));
  const likenessAt = (k: number): Likeness | null => {
    const drawn = observed.at(k)?.find((one) => one.kind === 'image' && one.reference);
    return drawn?.kind === 'image' ? likenessOf(drawn) : null;
  };
  const likeness = likenessAt(-1);
  const [rho] = said.filter(({ name }) => name.startsWith('ρ'));
  const [gain] = said.filter(({ name }) => name === 'gain');
  const singular = records.filter(({ event }) => event === 'singular-system').length;
  z0.dispose();
  z.dispose();
  const known = settledPredictions(lensOf(observed));
  return {
    status,
    every: 1,
    values: records.map((record) => round(Math.max(...record[stopMode]))),
    facts: {
      ...radius,
      ...(rho ? { radius: round(rho.value) } : {}),
      ...(gain ? { gain: round(gain.value) } : {}),
      ...(likeness?.measure === 'IoU'
        ? { firstIou: round(likenessAt(1)?.value ?? NaN), iou: round(likeness.value) }
        : {}),
      evaluations: records.at(-1)?.evaluations ?? NaN,
      ...(singular > 0 ? { singular } : {}),
      ...(known === undefined ? {} : { known }),
      ...(direct ? { direct: round(direct.value) } : {}),
      ...(likeness?.measure === 'PSNR' ? { psnr: round(likeness.value) } : {}),
      ...(z.size > spectrumLimit ? { numbers: z.size } : {}),
    },
  };
}

/** How far from its fixed point a solve settles after kicks of these sizes, as Perturb does it. */
async function recordKicks(
  experiment: Experiment,
  sizes: readonly number[],
): Promise<Record<string, number>> {
  const made: IterationRecord[] = [];
  const session = createSession((event) => {
    if (event.event === 'records') made.push(...event.records);
  });
  await session.boot(never, 'cpu');
  const facts: Record<string, number> = {};
  for (const size of sizes) {
    made.length = 0;
    await session.configure(never, experiment);
    await session.run(never, 'forward');
    const noise = { size, seed: experiment.random.seed };
    const iteration = made.at(-1)?.iteration ?? 0;
    await session.fork(never, experiment, { iteration, noise });
    await session.run(never, 'forward');
    facts[`kick ${String(size)}`] = round((await session.distance(never))?.relative ?? NaN);
  }
  return facts;
}

/** The iteration from which nine in ten positions predict what they predict at the end. */
function settledPredictions(readings: Lens): number | undefined {
  const top = readings.map((positions) => positions.map((reading) => reading[0]?.text));
  const last = top.at(-1);
  if (!last || last.length === 0) return undefined;
  const agreeing = top.map((now) => mean(now.map((text, at) => (text === last[at] ? 1 : 0))));
  return agreeing.findLastIndex((share) => share < 0.9) + 1;
}

/** The gradient's error by terms of the Neumann series, and how the one-step gradient stands. */
async function recordGradients(preset: PresetName, changes: object): Promise<Curve> {
  const values: number[] = [];
  let facts: Record<string, number> = {};
  for (let terms = 1; terms <= 20; terms++) {
    const experiment = experimentWith(preset, { ...changes, 'backward.terms': terms });
    using built = await build(experiment);
    const z0 = built.problem.initialState();
    const { z, records } = await solve(built.f, z0, { ...built.solver, tolerance: 1e-6 });
    const meter = new MemoryMeter();
    const { rows } = await compareGradients({
      settings: experiment.backward,
      problem: built.problem,
      z,
      iteration: records.length - 1,
      meter,
      turn: never,
    });
    const row = (kind: string) => rows.find((one) => one.kind === kind);
    values.push(round(row('neumann')?.relativeError ?? NaN));
    const oneStep = row('one-step');
    facts = {
      ...facts,
      oneStepError: round(oneStep?.relativeError ?? NaN),
      oneStepCosine: round(oneStep?.cosine ?? NaN),
      phantomCosine: round(row('phantom')?.cosine ?? NaN),
      // Five are the default.
      ...(terms === 5 ? { neumannCosine: round(row('neumann')?.cosine ?? NaN) } : {}),
    };
    z0.dispose();
    z.dispose();
  }
  return { status: 'measured', every: 1, values, facts };
}

/** Those that there are: not every family has all. */
const measured = (facts: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => Number.isFinite(value)));

type Engine = Awaited<ReturnType<typeof startNodeEngine>>;

/** A training run: loss or residual by step, and how it stood over the last fifth. */
async function recordTraining(
  engine: Engine,
  experiment: Experiment,
  quantity: 'loss' | 'residual',
  records: TrainRecord[],
): Promise<Curve> {
  records.length = 0;
  const book = await mobyDick();
  // What a visitor may paste: some pages, of anything.
  const texts: Partial<Record<string, string>> = { 'moby-dick': book, own: book.slice(0, 40_000) };
  const text = texts[experiment.data.source];
  const { data } = await engine.openTraining(never, experiment, text);
  const { status } = await engine.train(never);
  const steps = new Map<number, TrainRecord>();
  for (const record of records) steps.set(record.step, { ...steps.get(record.step), ...record });
  const all = [...steps.values()];
  const of = (record: TrainRecord): number => record[quantity] ?? NaN;
  const every = experiment.train.steps / 40;
  const values = Array.from({ length: 40 }, (_, at) =>
    round(mean(all.slice(at * every, (at + 1) * every).map(of))),
  );
  const tail = all.slice(-Math.floor(all.length / 5));
  const newest = <K extends keyof TrainRecord>(key: K): TrainRecord[K] | undefined =>
    all.findLast((record) => record[key] !== undefined)?.[key];
  return {
    status,
    every,
    values,
    facts: measured({
      first: round(all[0]?.loss ?? NaN),
      validation: round(newest('validation') ?? NaN),
      residual: round(mean(tail.map((record) => record.residual ?? NaN))),
      radius: round(newest('spectralRadius')?.radius ?? NaN),
      evaluations: newest('evaluations') ?? NaN,
      accuracy: round(newest('heldOut')?.['accuracy'] ?? NaN),
      psnr: round(newest('heldOut')?.['psnr'] ?? NaN),
      iou: round(newest('heldOut')?.['iou'] ?? NaN),
      fromStart: round(newest('start')?.evaluations ?? NaN),
      fromZeros: round(newest('start')?.fromZeros ?? NaN),
      unigram: round(data.text?.unigram ?? NaN),
    }),
  };
}

const file = 'app/traces/gallery.trace.json';

/** Record these cards, or all, and write the file, with the others as they are. The CPU backend must be up. */
export async function recordGallery(only: readonly string[] = []): Promise<void> {
  setAssetReader(async (path) => new Uint8Array(await readFile(`public/${path}`)));
  const all = Object.keys(presets) as PresetName[];
  const names = all.filter((name) => only.length === 0 || only.includes(name));
  const old = JSON.parse(await readFile(file, 'utf8')) as Record<string, RecordedCurve[]>;
  const trace = Object.fromEntries(all.map((name) => [name, old[name] ?? []]));
  const record = async (name: PresetName, curve: (run: Run) => Promise<Curve>): Promise<void> => {
    const curves: RecordedCurve[] = [];
    for (const run of cards[name].runs) {
      curves.push({ label: run.label, changes: run.changes ?? {}, ...(await curve(run)) });
      const last = curves.at(-1);
      console.log(
        name,
        run.label,
        last?.status,
        last?.values.length,
        last?.values.at(-1),
        last?.facts,
      );
    }
    trace[name] = curves;
  };
  for (const name of names.filter((one) => cards[one].view === 'solve'))
    await record(name, async ({ label, changes = {} }) => {
      const { quantity } = cards[name];
      if (quantity === 'gradient error') return recordGradients(name, changes);
      const experiment = experimentWith(name, changes);
      if (quantity === 'memory') return memoryCurve(name, label, 'fused');
      const curve = await recordSolve(experiment);
      const { kicks = [] } = cards[name];
      return { ...curve, facts: { ...curve.facts, ...(await recordKicks(experiment, kicks)) } };
    });
  const records: TrainRecord[] = [];
  const engine = await startNodeEngine((one) => records.push(one));
  for (const name of names.filter((one) => cards[one].view === 'train'))
    await record(name, ({ changes = {} }) => {
      const quantity = cards[name].quantity === 'loss' ? 'loss' : 'residual';
      return recordTraining(engine, experimentWith(name, changes), quantity, records);
    });
  await writeFile(file, `${JSON.stringify(trace)}\n`);
}
