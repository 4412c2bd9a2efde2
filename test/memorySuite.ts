import { expect, test } from 'vitest';
import { changeSetting, defaultExperiment, type Experiment } from '../src/schema/experiment.ts';
import type { FieldPath } from '../src/schema/fields.ts';
import { predictMemory, type KernelPath, type MemoryVariant } from '../src/memory/memoryLaw.ts';
import type { ProblemSizes } from '../src/memory/problemSizes.ts';
import { build } from '../src/engine/build.ts';
import { measureTrainingStep } from '../src/engine/measureMemory.ts';
import type { MemoryReport } from '../src/engine/protocol/protocol.ts';
import type { BackendName } from '../src/tf/backend.ts';
import { withWeights } from '../src/schema/weights.ts';
import { MemoryMeter } from '../src/tf/memory.ts';
import { meterProblem } from '../src/train/meterProblem.ts';
import { describeOn } from './describeOn.ts';

/** One set-up, and the depths at which each network is measured. */
type MemoryCase = readonly [
  name: string,
  settings: Partial<Record<FieldPath, unknown>>,
  depths: Readonly<Record<MemoryVariant, readonly number[]>>,
];

const full = { deq: [12, 24, 48], unrolled: [6, 12, 24, 48], checkpointed: [6, 24, 48] };
const brief = { deq: [12, 48], unrolled: [6, 12, 24], checkpointed: [12] };
// A software GPU takes ten times as long as the CPU.
const briefest = { deq: [7, 24], unrolled: [2, 5, 16], checkpointed: [16] };

const anderson: MemoryCase = [
  'transformer, Anderson',
  {
    'solver.method': 'anderson',
    'backward.solver': 'anderson',
    'cell.width': 16,
    'cell.inner': 32,
  },
  full,
];
const broyden: MemoryCase = [
  'transformer, Broyden of rank 10',
  { 'solver.rank': 10, 'backward.rank': 10, 'cell.width': 24, 'cell.layerNorm': 'pre' },
  brief,
];
const picard: MemoryCase = [
  'tanh, Picard',
  { 'cell.kind': 'tanh', 'solver.method': 'picard', 'backward.solver': 'picard' },
  brief,
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
  brief,
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

const shorter = ([name, settings]: MemoryCase): MemoryCase => [name, settings, briefest];

/** What is measured on each backend, by which kernels. */
const plans: Readonly<Record<BackendName, Readonly<Record<KernelPath, readonly MemoryCase[]>>>> = {
  cpu: { stock: setUps, fused: setUps },
  wasm: { stock: setUps.map(shorter), fused: [] },
  webgpu: { stock: [picard].map(shorter), fused: setUps.map(shorter) },
};

/** What is metered of a set-up's problem: no step of any depth. */
export async function sizesOf(experiment: Experiment, meter: MemoryMeter): Promise<ProblemSizes> {
  // What weights hold does not matter here.
  using built = await build(withWeights(experiment, 'random'));
  return meterProblem(built.problem, meter);
}

/** What the memory panel claims, measured: flat, linear, between, and as predicted. */
export function memoryClaims(backend: BackendName, kernels: KernelPath): void {
  describeOn(backend, kernels === 'fused', 'memory of a training step', () => {
    test.each(plans[backend][kernels])('%s', async (_, settings, depths) => {
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
