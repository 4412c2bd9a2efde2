import type { Experiment } from '../schema/experiment.ts';
import { checkpointInterval } from '../memory/memoryLaw.ts';
import type { GradientMethod } from '../implicit/valueAndGradient.ts';
import type { MemoryMeter } from '../tf/memory.ts';
import { measureStep } from '../train/measureStep.ts';
import { withWeights } from '../schema/weights.ts';
import { build, steppedAsChosen } from './build.ts';
import type { Turn } from './serve.ts';
import { adjointOptions } from './solverOptions.ts';
import type { MemoryReport, MemoryVariant } from './protocol/protocol.ts';

/** One training step at each depth, in order, with its progress; ends early when the signal aborts. */
export async function measureDepths(options: {
  readonly experiment: Experiment;
  readonly variant: MemoryVariant;
  readonly depths: readonly number[];
  readonly meter: MemoryMeter;
  readonly turn: Turn;
}): Promise<readonly MemoryReport[]> {
  const { experiment, variant, depths, meter, turn } = options;
  const reports: MemoryReport[] = [];
  const progress = (): void => {
    const depth = depths[reports.length];
    const label = depth === undefined ? 'done' : `depth ${depth}`;
    const total = depths.length;
    turn.progress({ done: reports.length, total, label, reports: [...reports] });
  };
  for (const depth of depths) {
    if (turn.signal.aborted) break;
    progress();
    reports.push(await measureTrainingStep(experiment, variant, depth, meter));
  }
  progress();
  return reports;
}

/**
 * One training step of an experiment's problem as one of the networks, at one depth. The DEQ runs
 * its forward solver for `depth` evaluations and its adjoint solver for as many, converged or not;
 * the others evaluate the same layer `depth` times.
 */
export async function measureTrainingStep(
  experiment: Experiment,
  variant: MemoryVariant,
  depth: number,
  meter: MemoryMeter,
): Promise<MemoryReport> {
  const started = performance.now();
  // What weights hold does not matter here, only how many there are.
  using built = await build(withWeights(experiment, 'random'));
  const measured = await measureStep(
    steppedAsChosen(built),
    {
      forward: { ...built.solver, maxIterations: depth - 1, tolerance: 0 },
      gradient: gradientMethod(experiment, variant, depth),
    },
    meter,
  );
  return { variant, depth, ...measured, milliseconds: performance.now() - started };
}

function gradientMethod(
  experiment: Experiment,
  variant: MemoryVariant,
  depth: number,
): GradientMethod {
  switch (variant) {
    case 'deq':
      return {
        kind: 'implicit',
        solver: { ...adjointOptions(experiment.backward), maxIterations: depth - 1, tolerance: 0 },
        seeded: experiment.backward.seeded,
      };
    case 'unrolled':
      return { kind: 'unrolled', depth };
    case 'checkpointed':
      return { kind: 'unrolled', depth, checkpointEvery: checkpointInterval(depth) };
  }
}
