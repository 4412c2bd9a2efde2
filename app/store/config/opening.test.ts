import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { presets } from '../../../src/schema/presets.ts';
import { onFakeClock, openStore } from '../../../test/app/openStore.ts';

onFakeClock();

/** As a build begins: without what these presets are (that it can fail to come is tested on the built page). */
const late = [presets['inverse-denoise'], presets['inverse-bound']];
const settings = late.map((preset) => preset.settings);
const complete = (): void => {
  for (const [at, preset] of late.entries()) Object.assign(preset, { settings: settings[at] });
};
beforeEach(() => {
  for (const preset of late) Reflect.deleteProperty(preset, 'settings');
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
