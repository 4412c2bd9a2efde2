import { expect, it } from 'vitest';
import { defaultExperiment } from '../src/schema/experiment.ts';
import { parseExperiment } from '../src/schema/readExperiment.ts';
import { worst } from './charts/series.ts';
import { recordedRun } from './recordedRun.ts';
import trace from './traces/char-transformer.trace.json';

it('was recorded with the default set-up', () => {
  // Otherwise the defaults have changed: record the trace again.
  expect(parseExperiment(trace.experiment)).toEqual({
    experiment: defaultExperiment,
    adjustments: [],
  });
});

it('says the truth about itself', () => {
  const { applied, records, status } = recordedRun();
  expect(applied).toBe(defaultExperiment);
  expect(records.map(({ iteration }) => iteration)).toEqual(records.map((_, index) => index));
  const { stopMode, tolerance } = defaultExperiment.solver;
  const last = worst(records.at(-1)?.[stopMode] ?? []);
  expect(last < tolerance).toBe(status === 'converged');
});
