import { expect, test } from 'vitest';
import { changeSetting, defaultExperiment, type Experiment } from '../src/schema/experiment.ts';
import type { FieldPath } from '../src/schema/fields.ts';
import { predictMemory, type KernelPath, type MemoryVariant } from '../src/memory/memoryLaw.ts';
import type { ProblemSizes } from '../src/memory/problemSizes.ts';
import { build, steppedAsChosen } from '../src/engine/build.ts';
import { measureTrainingStep } from '../src/engine/measureMemory.ts';
import type { MemoryReport } from '../src/engine/protocol/protocol.ts';
import type { BackendName } from '../src/tf/backend.ts';
import { withWeights } from '../src/schema/weights.ts';
import { MemoryMeter, submitAtOnce } from '../src/tf/memory.ts';
import { meterProblem } from '../src/train/meterProblem.ts';
import { meterTraining } from '../src/train/meterTraining.ts';
import { Trainer } from '../src/train/trainer.ts';
import { trainOptions, trainTask } from '../src/engine/trainOptions.ts';
import { loadFamily } from '../src/families/index.ts';
import type { Task } from '../src/families/task.ts';
import { predictRun, predictTraining } from '../src/memory/trainingLaw.ts';
import { describeOn } from './describeOn.ts';
import { shortText, trainingExperiment } from './trainingSuite.ts';

/** One set-up. */
type MemoryCase = readonly [name: string, settings: Partial<Record<FieldPath, unknown>>];

const depths = { deq: [7, 24], unrolled: [2, 5, 16], checkpointed: [16] };

const anderson: MemoryCase = [
  'transformer, Anderson',
  {
    'solver.method': 'anderson',
    'backward.solver': 'anderson',
    'cell.width': 16,
    'cell.inner': 32,
  },
];
const broyden: MemoryCase = [
  'transformer, Broyden of rank 10',
  { 'solver.rank': 10, 'backward.rank': 10, 'cell.width': 24, 'cell.layerNorm': 'pre' },
];
const picard: MemoryCase = [
  'tanh, Picard',
  { 'cell.kind': 'tanh', 'solver.method': 'picard', 'backward.solver': 'picard' },
];

const trellis: MemoryCase = [
  'TrellisNet, Anderson',
  {
    'cell.kind': 'trellis',
    'solver.method': 'anderson',
    'backward.solver': 'anderson',
    'cell.width': 16,
    'cell.inner': 24,
  },
];

const change = (settings: Partial<Record<FieldPath, unknown>>): Experiment =>
  Object.entries(settings).reduce(
    (experiment, [path, value]) => changeSetting(experiment, path as FieldPath, value).experiment,
    defaultExperiment,
  );

/** The coefficient of determination of a straight line through the points. */
function linearity(points: readonly (readonly [number, number])[]): number {
  const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const sum = (f: (x: number, y: number) => number): number =>
    points.reduce((total, [x, y]) => total + f(x - mx, y - my), 0);
  return sum((x, y) => x * y) ** 2 / (sum((x) => x * x) * sum((_, y) => y * y));
}

const setUps: readonly MemoryCase[] = [anderson, broyden, picard, trellis];

/** What is measured on each backend, by which kernels. */
const plans: Readonly<
  Record<'wasm' | 'webgpu', Readonly<Record<KernelPath, readonly MemoryCase[]>>>
> = {
  // The CPU's kernels are held to the law alone, at more set-ups and other depths.
  wasm: { stock: setUps, fused: [] },
  webgpu: { stock: [picard], fused: setUps },
};

/** What is metered of a set-up's problem: no step of any depth. */
export async function sizesOf(experiment: Experiment, meter: MemoryMeter): Promise<ProblemSizes> {
  // What weights hold does not matter here.
  using built = await build(withWeights(experiment, 'random'));
  return meterProblem(steppedAsChosen(built), meter);
}

/** What the memory panel claims, measured: flat, linear, between, and as predicted. */
export function memoryClaims(backend: keyof typeof plans, kernels: KernelPath): void {
  describeOn(backend, kernels === 'fused', 'memory of a training step', () => {
    test.each(plans[backend][kernels])('%s', async (_, settings) => {
      const experiment = change(settings);
      using meter = new MemoryMeter();
      const problem = { sizes: await sizesOf(experiment, meter), kernels };
      const measure = async (variant: MemoryVariant): Promise<MemoryReport[]> => {
        const reports: MemoryReport[] = [];
        for (const depth of depths[variant])
          reports.push(await measureTrainingStep(experiment, variant, depth, meter));
        return reports;
      };
      const deq = await measure('deq');
      const unrolled = await measure('unrolled');
      const checkpointed = await measure('checkpointed');

      const flat = deq.map(({ peak }) => peak);
      expect(Math.max(...flat) / Math.min(...flat)).toBeLessThan(1.05);
      expect(linearity(unrolled.map(({ depth, peak }) => [depth, peak]))).toBeGreaterThan(0.99);
      for (const { depth, peak } of checkpointed) {
        expect(peak).toBeLessThan(unrolled.find((r) => r.depth === depth)?.peak ?? 0);
        if (depth >= 12) expect(peak).toBeGreaterThan(Math.min(...flat));
      }
      for (const { variant, depth, peak, parts, exact } of [...deq, ...unrolled, ...checkpointed]) {
        const { peak: predicted } = predictMemory(experiment, variant, depth, problem);
        expect(Math.abs(predicted / peak - 1), `${variant} at ${depth}`).toBeLessThan(0.1);
        expect(Object.values<number>({ ...parts }).reduce((a, b) => a + b, 0)).toBeCloseTo(peak, 0);
        expect(exact).toBe(backend === 'webgpu');
      }
    });
  });
}

/** Set-ups whose solves iterate another map than f: a splitting in both passes, and a flow in one. */
const mapped: readonly MemoryCase[] = [
  [
    'monotone network by a splitting',
    {
      'problem.family': 'monotone',
      ...{ 'monotone.cell': 'conv', 'monotone.channels': 2 },
      ...{ 'solver.method': 'picard', 'backward.solver': 'picard' },
    },
  ],
  [
    'small system along a flow',
    {
      ...{ 'problem.family': 'steady', 'solver.method': 'picard' },
      ...{ 'steady.width': 24, 'steady.samples': 6, 'backward.solver': 'picard' },
    },
  ],
];

/** A step that iterates another map than f needs what it is predicted to, and what f itself would need is another figure. */
export function mappedMemoryClaims(
  backend: BackendName,
  kernels: KernelPath,
  splitting: 'peaceman-rachford' | 'forward-backward',
): void {
  describeOn(backend, kernels === 'fused', 'memory of a training step by another map', () => {
    test.each(mapped)('%s', async (_, settings) => {
      const map = settings['problem.family'] === 'monotone' ? splitting : 'rk4';
      const experiment = change({ ...settings, 'solver.map': map });
      using meter = new MemoryMeter();
      const sizes = await sizesOf(experiment, meter);
      const depth = 4;
      const { peak } = await measureTrainingStep(experiment, 'deq', depth, meter);
      const predicted = predictMemory(experiment, 'deq', depth, { sizes, kernels }).peak;
      expect(Math.abs(predicted / peak - 1), `${predicted} / ${peak}`).toBeLessThan(0.1);
      const plain = await sizesOf(change(settings), meter);
      const ofPlain = predictMemory(experiment, 'deq', depth, { sizes: plain, kernels }).peak;
      expect(Math.abs(ofPlain / peak - 1), `${ofPlain} / ${peak}`).toBeGreaterThan(0.1);
    });
  });
}

/** Small steps whose solves go to their limits. */
const training: Partial<Record<FieldPath, unknown>> = {
  ...{ 'cell.width': 16, 'cell.inner': 16, 'train.length': 12, 'train.batch': 5 },
  ...{ 'train.maxIterations': 5, 'train.adjointIterations': 5, 'train.jacobianWeight': 0 },
  ...{ 'train.tolerance': 1e-9, 'train.adjointTolerance': 1e-9, 'train.validateEvery': 0 },
};
const digits: Partial<Record<FieldPath, unknown>> = {
  ...{ 'problem.family': 'monotone', 'monotone.weights': 'random', 'solver.method': 'picard' },
  ...{ 'solver.map': 'peaceman-rachford', 'backward.solver': 'picard' },
};
const trainings = {
  transformer: {},
  'a transformer that remembers, drops out, starts warm, its weights normalised': {
    ...{ 'train.memory': 8, 'train.dropout': 0.2, 'train.warmStart': true },
    ...{ 'train.weightNorm': true, 'solver.method': 'anderson' },
  },
  'TrellisNet with a sharpened penalty': {
    ...{ 'cell.kind': 'trellis', 'train.jacobianWeight': 1, 'train.jacobianShare': 1 },
    'train.jacobianPower': 2,
  },
  'tanh by a Neumann series': { 'cell.kind': 'tanh', 'backward.method': 'neumann' },
  'phantom gradients': { 'backward.method': 'phantom' },
  'a twin': { 'train.twin': true, 'train.twinDepth': 7 },
  'digits by Peaceman–Rachford': { ...digits, 'monotone.hidden': 8, 'train.batch': 400 },
  'digits by Peaceman–Rachford, convolutional': {
    ...{ ...digits, 'monotone.cell': 'conv', 'monotone.channels': 1, 'train.batch': 3 },
    ...{ 'train.maxIterations': 2, 'train.adjointIterations': 2 },
  },
  'points from a learnt start': {
    ...{ 'problem.family': 'steady', 'solver.start': 'learned', 'train.validateEvery': 10 },
  },
} satisfies Readonly<Record<string, Partial<Record<FieldPath, unknown>>>>;

/** Names of set-ups whose training is measured. */
export type MeasuredTraining = keyof typeof trainings;

/** A training's set-up, and its tasks by the examples of a batch. */
async function openTask(name: MeasuredTraining): Promise<{
  readonly experiment: Experiment;
  readonly taskOf: (batch: number) => Task;
}> {
  const experiment = trainingExperiment({ ...training, ...trainings[name] });
  const { training: family } = await loadFamily(experiment.problem.family);
  const how = { signal: new AbortController().signal, onProgress: () => undefined };
  const data = await family?.read(experiment, shortText, how);
  if (!data) throw new Error(`${name}: nothing of it is trained.`);
  const { train } = experiment;
  return {
    experiment,
    taskOf: (batch) => trainTask(data, { ...experiment, train: { ...train, batch } }),
  };
}

/** Bytes a training's step is predicted to need; with a small budget from batches smaller than its own. */
export async function predictedTraining(
  name: MeasuredTraining,
  { kernels = 'stock', ...how }: { readonly kernels?: KernelPath; readonly budget?: number } = {},
): Promise<number> {
  const { experiment, taskOf } = await openTask(name);
  using meter = new MemoryMeter();
  const { train, random } = experiment;
  const sizes = meterTraining({
    ...{ taskOf, batch: train.batch, seed: random.seed, meter, ...how },
    options: trainOptions(experiment, 'deq'),
  });
  return predictTraining(experiment, { sizes, kernels });
}

/** The most that two steps of each of its networks take. */
async function measuredTraining(name: MeasuredTraining): Promise<number> {
  const { experiment, taskOf } = await openTask(name);
  const { train, random } = experiment;
  const restore = submitAtOnce();
  const peaks: number[] = [];
  for (const network of train.twin ? (['deq', 'twin'] as const) : (['deq'] as const)) {
    using meter = new MemoryMeter();
    const others = meter.sample().live;
    using trainer = new Trainer({
      ...{ network, task: taskOf(train.batch), seed: random.seed, meter },
      options: trainOptions(experiment, network),
    });
    for (let step = 0; step < 2; step++) peaks.push((await trainer.next(others)).peakBytes);
  }
  restore();
  return Math.max(...peaks);
}

/** A step of training needs what it was predicted to, before any of it was allocated. */
export function trainingMemoryClaims(
  backend: BackendName,
  kernels: KernelPath,
  names: readonly MeasuredTraining[] = Object.keys(trainings) as MeasuredTraining[],
): void {
  describeOn(backend, kernels === 'fused', 'what a step of training is predicted to need', () => {
    test.each(names)('%s', async (name) => {
      const predicted = await predictedTraining(name, { kernels });
      const measured = await measuredTraining(name);
      expect(Math.abs(predicted / measured - 1), `${predicted} / ${measured}`).toBeLessThan(0.1);
    });
  });
}

/** So is a run where more is solved between two steps than a batch has: of points, those held out and a picture. */
export function runMemoryClaims(backend: BackendName, kernels: KernelPath): void {
  describeOn(backend, kernels === 'fused', 'what a run of training is predicted to need', () => {
    test.each(['with a picture', 'without one'])('points %s', async (how) => {
      const { experiment, taskOf } = await openTask('points from a learnt start');
      const taskShown = (batch: number): Task => {
        const { view, ...task } = taskOf(batch);
        return how === 'with a picture' && view ? { ...task, view } : task;
      };
      const { train, random } = experiment;
      const options = { ...trainOptions(experiment, 'deq'), validateEvery: 1 };
      const { seed } = random;
      using meter = new MemoryMeter();
      const sizes = meterTraining({ taskOf: taskShown, batch: train.batch, seed, meter, options });
      const predicted = predictRun(experiment, { sizes, kernels });
      const others = meter.sample().live;
      const restore = submitAtOnce();
      using trainer = new Trainer({
        ...{ network: 'deq', task: taskShown(train.batch), seed, meter, options },
      });
      const { peakBytes } = await trainer.next(others);
      const validated = meter.sample().peak - others;
      meter.resetPeak();
      await trainer.look();
      const measured = Math.max(validated, meter.sample().peak - others);
      restore();
      expect(measured).toBeGreaterThan(2 * peakBytes);
      expect(Math.abs(predicted / measured - 1), `${predicted} / ${measured}`).toBeLessThan(0.1);
    });
  });
}
