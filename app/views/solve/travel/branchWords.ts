import { formatResidual } from '../../../format.ts';
import { shownExperiment } from '../../../store/solve/shown.ts';
import type { AppState } from '../../../store/state.ts';

/** A solution is as exact as its residual, times what the layer makes of an error. */
const SLACK = 20;
/** Nearer than this two solutions are the same whatever the tolerance. */
const SAME = 1e-3;

/** What became of a branch, in words; null where the solve on screen is none. */
export function branchWords(state: AppState): string | null {
  const { branch, status, pass } = state;
  if (!branch || pass === 'backward') return null;
  const { at, distance, noise, parent } = branch;
  if (!distance) {
    return noise === null
      ? `Branch from iteration ${String(at)}. Reset leaves it.`
      : `Kicked at iteration ${String(at)}. Reset leaves it.`;
  }
  const far = `‖z − z′‖ is ${formatResidual(distance.relative)} of ‖z′‖`;
  if (parent.status !== 'converged')
    return `${far}; z′ is the best point of the parent, which hadn’t converged`;
  if (status !== 'converged') return `No fixed point to compare; ${far}`;
  const { tolerance } = shownExperiment(state).solver;
  return distance.relative < Math.max(SAME, SLACK * tolerance)
    ? `Returned to the same fixed point: ${far}`
    : `Found a different fixed point: ${far}`;
}
