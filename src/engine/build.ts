import type { OpenedProblem } from '../families/family.ts';
import { loadFamily } from '../families/index.ts';
import {
  openAdjointMap as openNamedAdjointMap,
  openMap as openNamedMap,
  solvingMaps,
  steppedBy,
  type ChosenMap,
} from '../families/solvedByMap.ts';
import type { EquilibriumProblem } from '../implicit/problem.ts';
import { withStart } from '../implicit/start.ts';
import type { IterationMap } from '../numerics/maps.ts';
import type { FixedPointMap, SolverOptions } from '../numerics/solver.ts';
import { agreeOn, modelSections } from '../schema/agree.ts';
import type { Experiment } from '../schema/experiment.ts';
import { mapValues } from '../schema/maps.ts';
import type * as tf from '../tf/index.ts';
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
  /** The same with another input alone. It takes over what this one owns; undefined, and nothing has happened, where more differs. */
  readonly given: (experiment: Experiment, weights?: WeightsFile) => BuiltProblem | undefined;
}

/** The file that weights which are not random come from. */
type WeightsFile = Uint8Array<ArrayBuffer>;

/**
 * Build the problem on the current backend; dispose it to free its tensors. Throws in words when weights are missing or
 * unusable.
 */
export async function build(experiment: Experiment, weights?: WeightsFile): Promise<BuiltProblem> {
  const family = await loadFamily(experiment.problem.family);
  await family.prepare?.(experiment);
  return built(family.open(experiment, weights), experiment, weights);
}

function built(
  opened: OpenedProblem,
  experiment: Experiment,
  weights: WeightsFile | undefined,
): BuiltProblem {
  const problem = withStart(opened, experiment.solver.start);
  const map = openMap(problem, experiment);
  return {
    experiment,
    given: (next, file) => {
      if (!opened.given) return undefined;
      const same =
        agreeOn(experiment, next, [...modelSections(experiment), 'random']) &&
        sameBytes(weights, file);
      if (!same) return undefined;
      map.dispose?.();
      return built(opened.given(next), next, weights);
    },
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

function sameBytes(a: WeightsFile | undefined, b: WeightsFile | undefined): boolean {
  if (!a || !b || a === b) return a === b;
  if (a.length !== b.length) return false;
  // Every stroke of a pen asks.
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** The map that an experiment chooses. What its family lacks was said when it was read. */
const chosenBy = (experiment: Experiment): ChosenMap => ({
  name: experiment.solver.map,
  values: mapValues(experiment),
});

/** The map that an experiment chooses on a problem; its options are the experiment's. The caller disposes it. */
export const openMap = (
  problem: Pick<OpenedProblem, 'maps'>,
  experiment: Experiment,
): IterationMap => openNamedMap(problem, chosenBy(experiment));

/** What an adjoint solve at `z` iterates; undefined where that is u = Jᵀu + dL/dz itself. */
export const openAdjointMap = (
  { problem, experiment }: Pick<BuiltProblem, 'problem' | 'experiment'>,
  z: tf.Tensor,
  dz: tf.Tensor,
): IterationMap | undefined => openNamedAdjointMap(problem, chosenBy(experiment), z, dz);

/** The problem whose solves, forward and adjoint, iterate the maps that the experiment chooses. Borrows what was built. */
export const solvedAsChosen = ({ problem, experiment }: BuiltProblem): EquilibriumProblem => ({
  ...problem,
  solvedBy: { open: () => solvingMaps(problem, chosenBy(experiment)) },
});

/**
 * The same as a step of training solves it, whose weights are new; f itself is iterated as it is, by kernels where there
 * are some. Borrows what was built.
 */
export const steppedAsChosen = ({ problem, experiment }: BuiltProblem): EquilibriumProblem =>
  experiment.solver.map === 'plain'
    ? problem
    : { ...problem, solvedBy: steppedBy(problem, chosenBy(experiment)) };
