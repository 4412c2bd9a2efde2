import { expect, it } from 'vitest';
import { kindSettings } from '../../../../src/numerics/settings.ts';
import { defaultExperiment } from '../../../../src/schema/experiment.ts';
import { MOST_LANES, newLane } from './lanes.ts';

const { solver } = defaultExperiment;

it('a lane more is of a kind that is not in the race yet', () => {
  const lanes = [solver];
  while (lanes.length < Math.min(MOST_LANES, kindSettings.length))
    lanes.push(newLane(defaultExperiment, lanes, [1, 8]));
  const methods = lanes.map(({ method }) => method);
  expect(new Set(methods).size).toBe(lanes.length);
});

it('kinds that the state is too large for are left out', () => {
  const lanes = [solver];
  kindSettings.forEach(() => {
    lanes.push(newLane(defaultExperiment, lanes, [1, 1e7]));
  });
  expect(lanes.map(({ method }) => method)).not.toContain('broyden-dense');
  expect(lanes.at(-1)).toEqual(solver);
});
