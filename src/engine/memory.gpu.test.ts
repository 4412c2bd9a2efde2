import { expect, test } from 'vitest';
import { failOnDeviceErrors } from '../../test/deviceErrors.ts';
import { describeOn } from '../../test/describeOn.ts';
import { mappedMemoryClaims, memoryClaims, trainingMemoryClaims } from '../../test/memorySuite.ts';
import { languageModel } from '../families/language/languageModel.ts';
import type { GradientMethod } from '../implicit/valueAndGradient.ts';
import type { SolverOptions } from '../numerics/solver.ts';
import { defaultExperiment } from '../schema/experiment.ts';
import { MemoryMeter } from '../tf/memory.ts';
import { measureStep } from '../train/measureStep.ts';
import { meterProblem } from '../train/meterProblem.ts';
import { build } from './build.ts';

failOnDeviceErrors();

memoryClaims('webgpu', 'fused');
memoryClaims('webgpu', 'stock');
// A software GPU takes a minute over Peaceman–Rachford's transforms.
mappedMemoryClaims('webgpu', 'fused', 'forward-backward');
trainingMemoryClaims('webgpu', 'fused', ['TrellisNet with a sharpened penalty']);

describeOn('webgpu', true, 'metering', () => {
  test('says the same whatever ran before it', async () => {
    // Of a state no other test has, so that the first finds no buffer of its size.
    const odd = { ...defaultExperiment.steady, width: 11, samples: 3 };
    const system = { ...defaultExperiment.problem, family: 'steady' } as const;
    using built = await build({ ...defaultExperiment, problem: system, steady: odd });
    using meter = new MemoryMeter();
    const first = meterProblem(built.problem, meter);
    expect(meterProblem(built.problem, meter)).toEqual(first);
  });
});

describeOn('webgpu', true, 'the headline: batch 8, length 64, width 64', () => {
  const anderson: SolverOptions = {
    method: 'anderson',
    history: 6,
    maxIterations: 0,
    tolerance: 0,
    stopMode: 'rel',
  };

  const peakOf = async (depth: number, kind: 'implicit' | 'unrolled'): Promise<number> => {
    const model = languageModel({
      cell: 'transformer',
      vocabulary: 64,
      dModel: 64,
      heads: 2,
      dInner: 64,
      preLayerNorm: false,
      memoryLength: 0,
    });
    const params = model.initialize(1);
    const tokens = Array.from({ length: 8 }, (_, b) =>
      Array.from({ length: 64 }, (__, i) => (7 * i + b) % 64),
    );
    const forward = { ...anderson, maxIterations: depth - 1 };
    const gradient: GradientMethod =
      kind === 'implicit' ? { kind, solver: forward } : { kind, depth };
    using meter = new MemoryMeter();
    const problem = model.problem(params, { tokens, targets: tokens });
    const { peak } = await measureStep(problem, { forward, gradient }, meter);
    return peak;
  };

  // The leaner the layer, the less there is to save, and fused kernels keep a fraction of what stock ones
  // do. Of the DEQ's 32.7 S Anderson's history is 12 and the points beside it 2, the tape with z and
  // dL/dz 9.4, a product 5, weights and moments 4.2: none of it twice.
  test('at depth 30 at least 86 % less than unrolled, at depth 96 at least 95 %', async () => {
    // The suite above holds that the one is flat once its history is full, and the other a line: as deep as this
    // tells the rest, and ninety-six layers would take a software GPU minutes.
    const deq = await peakOf(9, 'implicit');
    const [four, ten] = [await peakOf(4, 'unrolled'), await peakOf(10, 'unrolled')] as const;
    const unrolledAt = (depth: number): number => ten + ((depth - 10) / (10 - 4)) * (ten - four);
    const mb = (bytes: number): string => (bytes / 1e6).toFixed(2);
    console.log(
      `DEQ ${mb(deq)} MB, unrolled ${mb(unrolledAt(30))} MB at 30, ${mb(unrolledAt(96))} at 96`,
    );
    expect(1 - deq / unrolledAt(30)).toBeGreaterThan(0.86);
    expect(1 - deq / unrolledAt(96)).toBeGreaterThan(0.95);
  });
});
