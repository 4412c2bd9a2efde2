import { expect, it } from 'vitest';
import { defaultExperiment } from '../../../../src/schema/experiment.ts';
import type { SolveStatus } from '../../../../src/engine/protocol/protocol.ts';
import type { AppState } from '../../../store/state.ts';
import { branchWords } from './branchWords.ts';

/** A kicked branch that ended that far from its parent's solution; null: not compared yet. */
const kicked = (
  relative: number | null,
  {
    parent = 'converged',
    status = 'converged',
  }: { parent?: SolveStatus; status?: SolveStatus } = {},
): AppState => {
  const experiment = defaultExperiment;
  const branch = {
    ...{ at: 27, experiment, noise: 2 },
    parent: { experiment, branch: null, records: [], status: parent },
    distance: relative === null ? null : { distance: 3 * relative, relative },
  };
  // All that the words are made of.
  return {
    branch,
    status,
    pass: 'forward',
    source: 'live',
    experiment,
    applied: experiment,
  } as Partial<AppState> as AppState;
};

it('a solution far from the parent’s is a different fixed point', () => {
  expect(branchWords(kicked(2.1))).toBe('Found a different fixed point: ‖z − z′‖ is 2.1 of ‖z′‖');
});

it('one within what the tolerance allows is the same', () => {
  // The default tolerance is 1e-3, and a solution may be twenty times as far off.
  expect(branchWords(kicked(0.019))).toMatch(/^Returned to the same fixed point/);
  expect(branchWords(kicked(0.021))).toMatch(/^Found a different/);
});

it('without two fixed points nothing is called one', () => {
  expect(branchWords(kicked(2, { status: 'max-iterations' }))).toMatch(
    /^No fixed point to compare/,
  );
  expect(branchWords(kicked(2, { parent: 'stalled' }))).toMatch(/hadn’t converged$/);
  expect(branchWords(kicked(null))).toBe('Kicked at iteration 27. Reset leaves it.');
});
