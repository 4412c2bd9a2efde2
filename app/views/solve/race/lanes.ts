import { changeSetting, type Experiment } from '../../../../src/schema/experiment.ts';
import type { SolverSettings } from '../../../store/race.ts';

/** As many curves as can be told apart, and as few as make a race. */
export const MOST_LANES = 5;
/** A race needs somebody to race against. */
export const FEWEST_LANES = 2;

/** The lanes of a fresh page: plain iteration, damped, and the two that accelerate it. */
export function defaultLanes(experiment: Experiment): SolverSettings[] {
  const { solver } = experiment;
  return [
    { ...solver, method: 'picard', damping: 1 },
    { ...solver, method: 'picard', damping: 0.5 },
    { ...solver, method: 'anderson', damping: 1, window: 5 },
    { ...solver, method: 'broyden' },
  ];
}

/** A lane with one setting changed, kept within its bounds. */
export const changeLane = (
  experiment: Experiment,
  lane: SolverSettings,
  key: 'method' | 'window' | 'rank' | 'damping',
  value: unknown,
): SolverSettings =>
  changeSetting({ ...experiment, solver: lane }, `solver.${key}`, value).experiment.solver;

/** The number that matters most for each method. */
export const mainSetting = { picard: 'damping', anderson: 'window', broyden: 'rank' } as const;
