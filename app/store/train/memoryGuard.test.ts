import { expect, it } from 'vitest';
import { withWeights } from '../../../src/schema/weights.ts';
import { onFreshShelf, openTrain, wait } from '../../../test/app/openTrain.ts';
import { predictedPeak } from './memoryGuard.ts';

onFreshShelf();

const large = [
  ['cell.width', 128],
  ['train.batch', 64],
  ['train.length', 128],
] as const;

it('refuses a run that is predicted not to fit, and takes it when the limit is raised', async () => {
  const { act, prepare, phase } = openTrain();
  prepare();
  act().change('memory.limit', 64);
  for (const [path, value] of large) act().change(path, value);
  act().train();
  await wait(300);
  expect(phase()).toBe('idle');
  expect(act().trainFault?.message).toMatch(/predicted to need \d+ MB.*limit of 64\.0 MB/);
  act().change('memory.limit', 16_384);
  act().train();
  await wait(500);
  expect(act().trainFault).toBeNull();
  expect(phase()).toBe('running');
});

it('knows what a step needs once the text was read, and anew when the set-up has changed', async () => {
  const { act, prepare } = openTrain();
  prepare();
  act().readCorpus();
  await wait(2000);
  const small = predictedPeak(act());
  expect(small).toBeGreaterThan(0);
  act().change('train.batch', 2 * act().experiment.train.batch);
  expect(predictedPeak(act())).toBeUndefined();
  await wait(500);
  expect(predictedPeak(act())).toBeGreaterThan(1.5 * (small ?? NaN));
  // What the law knows needs no other measurement.
  act().change('train.maxIterations', 12);
  expect(predictedPeak(act())).toBeGreaterThan(0);
  // Nor what says nothing to a run.
  act().change('input.text', 'something else');
  expect(predictedPeak(act())).toBeGreaterThan(0);
  const shown = withWeights(act().experiment, 'pretrained');
  expect(predictedPeak({ ...act(), experiment: shown })).toBeGreaterThan(0);
  // A start that is learnt or asked for is part of a step.
  act().change('solver.start', 'evaluation');
  expect(predictedPeak(act())).toBeUndefined();
});

it('ends no run for one that is known to be too large', async () => {
  const { act, prepare, phase } = openTrain();
  prepare();
  act().train();
  await wait(300);
  act().pauseTraining();
  await wait(300);
  act().change('memory.limit', 64);
  for (const [path, value] of large) act().change(path, value);
  await wait(2000);
  act().restartTraining();
  expect(act().trainFault?.message).toMatch(/predicted to need/);
  expect([phase(), act().run === null]).toEqual(['paused', false]);
});
