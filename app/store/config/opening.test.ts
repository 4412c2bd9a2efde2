import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { familyRules } from '../../../src/families/rules.ts';
import { onFakeClock, openStore } from '../../../test/app/openStore.ts';

onFakeClock();

/** As a build begins: without the rules of one family (its failure to come is tested on the built page). */
const { shape } = familyRules.inverse;
const complete = (): void => void Object.assign(familyRules.inverse, { shape });
beforeEach(() => {
  Reflect.deleteProperty(familyRules.inverse, 'shape');
});
afterEach(complete);

it('shows another family as chosen while it is fetched, and opens it then', async () => {
  const { act } = openStore();
  const before = act().experiment;
  act().change('problem.family', 'inverse');
  expect(act().opening).toBe('inverse-denoise');
  expect(act().experiment).toBe(before);
  complete();
  await vi.waitFor(() => {
    expect(act().opening).toBe(null);
  });
  const { preset, problem } = act().experiment;
  expect({ preset, problem }).toEqual({
    preset: 'inverse-denoise',
    problem: { family: 'inverse' },
  });
});

it('opens the preset that was chosen last', async () => {
  const { act } = openStore();
  act().choosePreset('inverse-denoise');
  act().choosePreset('inverse-bound');
  expect(act().opening).toBe('inverse-bound');
  complete();
  await vi.waitFor(() => {
    expect(act().opening).toBe(null);
  });
  expect(act().experiment.preset).toBe('inverse-bound');
});

it('what is being fetched is no longer meant once a preset is open that is here', async () => {
  const { act } = openStore();
  act().choosePreset('inverse-denoise');
  act().choosePreset('contraction');
  expect(act().opening).toBe(null);
  complete();
  await vi.advanceTimersByTimeAsync(100);
  expect(act().experiment.preset).toBe('contraction');
});
