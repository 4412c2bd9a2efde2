import { expect, it } from 'vitest';
import { onFakeClock, openStarted, settle } from '../../../test/app/openStore.ts';
import { presetExperiment } from '../../../src/schema/experiment.ts';

onFakeClock();

it('another family begins with its first preset; back again, each is as it was left', async () => {
  const { act } = await openStarted();
  act().choosePreset('contraction');
  act().change('solver.maxIterations', 33);
  await settle();
  const texts = act().experiment;
  act().change('problem.family', 'monotone');
  expect(act().experiment).toEqual(presetExperiment('monotone-digit'));
  act().change('monotone.alpha', 0.5);
  const digits = act().experiment;
  act().change('problem.family', 'language');
  expect(act().experiment).toBe(texts);
  act().change('problem.family', 'monotone');
  expect(act().experiment).toBe(digits);
  await settle();
});

it('in the Train view it begins with what is trained', async () => {
  const { act } = await openStarted();
  act().showView('train');
  act().change('problem.family', 'monotone');
  expect(act().experiment.preset).toBe('train-digits');
  await settle();
});
