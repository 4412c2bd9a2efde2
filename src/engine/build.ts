import type { OpenedProblem } from '../families/family.ts';
import { loadFamily } from '../families/index.ts';
import { withStart } from '../implicit/start.ts';
import type { IterationMap } from '../numerics/maps.ts';
import type { FixedPointMap, SolverOptions } from '../numerics/solver.ts';
import type { Experiment } from '../schema/experiment.ts';
import { mapValues } from '../schema/maps.ts';
import { forwardOptions } from './solverOptions.ts';

/** An experiment as objects: the only place where settings become a problem, a map and a solver. */
export interface BuiltProblem extends Disposable {
  /** What it was built from. */
  readonly experiment: Experiment;
  readonly problem: OpenedProblem;
  /** f with the parameters and the injection of this problem closed over. */
  readonly f: FixedPointMap;
  /** What the experiment's solver iterates. */
  readonly map: IterationMap;
  readonly solver: SolverOptions;
}

/**
 * Build the problem on the current backend; dispose it to free its tensors. `weights` is the file that
 * weights which are not random come from. Throws in words when they are missing or unusable.
 */
export async function build(
  experiment: Experiment,
  weights?: Uint8Array<ArrayBuffer>,
): Promise<BuiltProblem> {
  const family = await loadFamily(experiment.problem.family);
  const problem = withStart(family.open(experiment, weights), experiment.solver.start);
  const map = openMap(problem, experiment);
  return {
    experiment,
    problem,
    f: map.f,
    map,
    solver: forwardOptions(experiment),
    [Symbol.dispose]: () => {
      map.dispose?.();
      problem[Symbol.dispose]();
    },
  };
}

/** The map that an experiment chooses on a problem; its options are the experiment's. The caller disposes it. */
export function openMap(problem: OpenedProblem, experiment: Experiment): IterationMap {
  // What the family lacks was said when the experiment was read.
  const open = problem.maps[experiment.solver.map] ?? problem.maps.plain;
  return open(mapValues(experiment));
}
