import { beforeAll, describe, expect, test } from 'vitest';
import { changeSetting, defaultExperiment, type Experiment } from '../src/config/experiment.ts';
import type { FieldPath } from '../src/config/fields.ts';
import { predictMemory, type MemoryVariant } from '../src/config/memoryModel.ts';
import { measureTrainingStep } from '../src/engine/measureMemory.ts';
import type { MemoryReport } from '../src/engine/protocol.ts';
import { initBackend, type BackendName } from '../src/tf/backend.ts';
import { MemoryMeter } from '../src/tf/memory.ts';
import { failOnLeaks } from './leaks.ts';

/** One set-up, and the depths at which each network is measured. */
type MemoryCase = readonly [
  name: string,
  settings: Partial<Record<FieldPath, unknown>>,
  depths: Readonly<Record<MemoryVariant, readonly number[]>>,
];

const full = { deq: [12, 24, 48], unrolled: [6, 12, 24, 48], checkpointed: [6, 24, 48] };
// A software GPU takes a minute for what the CPU does in six seconds.
const brief = { deq: [12, 48], unrolled: [6, 12, 24], checkpointed: [12] };

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
  full,
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

/** What the memory panel claims, measured: flat, linear, between, and as predicted. */
export function memoryClaims(backend: BackendName): void {
  describe(`memory of a training step on ${backend}`, () => {
    beforeAll(async () => {
      await initBackend(backend);
    });
    failOnLeaks();
    test.each([anderson, broyden, picard, trellis])('%s', async (_, settings, wanted) => {
      const depths = backend === 'webgpu' ? brief : wanted;
      const experiment = change(settings);
      using meter = new MemoryMeter();
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
        const { peak: predicted } = predictMemory(experiment, variant, depth);
        // The formula counts WebGPU's and the CPU's kernels; wasm's make copies of their own.
        if (backend !== 'wasm')
          expect(Math.abs(predicted / peak - 1), `${variant} at ${depth}`).toBeLessThan(0.1);
        expect(Object.values<number>({ ...parts }).reduce((a, b) => a + b, 0)).toBeCloseTo(peak, 0);
        expect(exact).toBe(backend === 'webgpu');
      }
    });
  });
}
