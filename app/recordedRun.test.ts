import { expect, it } from 'vitest';
import { defaultExperiment } from '../src/schema/experiment.ts';
import { worst } from './charts/series.ts';
import { recordedRun } from './recordedRun.ts';

it('was recorded with the default set-up and says the truth about itself', () => {
  const run = recordedRun();
  // Undefined means the defaults have changed: record the trace again.
  expect(run?.applied).toBe(defaultExperiment);
  const { records = [], status } = run ?? {};
  expect(records.map(({ iteration }) => iteration)).toEqual(records.map((_, index) => index));
  const { stopMode, tolerance } = defaultExperiment.solver;
  const last = worst(records.at(-1)?.[stopMode] ?? []);
  expect(last < tolerance).toBe(status === 'converged');
});
