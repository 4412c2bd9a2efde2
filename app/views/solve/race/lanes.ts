import type { KindSettings } from '../../../../src/numerics/kind.ts';
import { kindSettings } from '../../../../src/numerics/settings.ts';
import { sizeOfShape, tooLarge } from '../../../../src/numerics/settingsOf.ts';
import { changeSetting, type Experiment } from '../../../../src/schema/experiment.ts';
import type { FieldPath } from '../../../../src/schema/fields.ts';
import type { SolverSettings } from '../../../store/solve/race.ts';

/** As many curves as can be told apart, and as few as make a race. */
export const MOST_LANES = 6;
/** A race needs somebody to race against. */
export const FEWEST_LANES = 2;

const kinds: readonly KindSettings[] = kindSettings;

/** The lanes of a fresh page, as the solver kinds propose them. */
export const defaultLanes = ({ solver }: Experiment): SolverSettings[] =>
  kinds
    .flatMap(({ id, lanes }) =>
      lanes.map((options) => ({ ...solver, ...options, method: id }) as SolverSettings),
    )
    .slice(0, MOST_LANES);

/** A lane more: of a kind that is not in the race yet, where there is one that takes a state of this size. */
export function newLane(
  experiment: Experiment,
  lanes: readonly SolverSettings[],
  shape: readonly number[] = [],
): SolverSettings {
  const size = sizeOfShape(shape);
  const fresh = kindSettings.find(
    ({ id }) => lanes.every(({ method }) => method !== id) && tooLarge(id, size) === undefined,
  );
  const { solver } = experiment;
  return fresh ? changeLane(experiment, solver, 'solver.method', fresh.id) : solver;
}

/** A lane with one setting changed, kept within its bounds. */
export const changeLane = (
  experiment: Experiment,
  lane: SolverSettings,
  path: FieldPath,
  value: unknown,
): SolverSettings => changeSetting({ ...experiment, solver: lane }, path, value).experiment.solver;
