import type { Experiment } from '../config/experiment.ts';
import { checkpointInterval } from '../config/memoryModel.ts';
import type { GradientMethod } from '../model/valueAndGradient.ts';
import type { MemoryMeter } from '../tf/memory.ts';
import { measureStep } from '../train/measureStep.ts';
import { adjointOptions, build } from './build.ts';
import type { MemoryReport, MemoryVariant } from './protocol.ts';

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
  const built = build(experiment);
  const measured = await measureStep(
    built.problem,
    {
      forward: { ...built.solver, maxIterations: depth - 1, tolerance: 0 },
      gradient: gradientMethod(experiment, variant, depth),
    },
    meter,
    () => {
      built[Symbol.dispose]();
    },
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
        solver: { ...adjointOptions(experiment), maxIterations: depth - 1, tolerance: 0 },
      };
    case 'unrolled':
      return { kind: 'unrolled', depth };
    case 'checkpointed':
      return { kind: 'unrolled', depth, checkpointEvery: checkpointInterval(depth) };
  }
}
