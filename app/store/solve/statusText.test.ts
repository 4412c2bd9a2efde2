import { expect, it } from 'vitest';
import { changeSetting } from '../../../src/schema/experiment.ts';
import { blowUp, runaway } from '../../../src/numerics/judge.ts';
import { someRecord } from '../../../test/app/fakeValues.ts';
import { onFakeClock, openStarted } from '../../../test/app/openStore.ts';
import { statusText } from './statusText.ts';

onFakeClock();

it.each([
  ['rel', 1e3, 'relative residual grew more than a thousandfold'],
  ['abs', 1e6, 'absolute residual grew more than a millionfold'],
] as const)('a solve that diverged says what grew, in its mode %s', async (mode, most, words) => {
  const { act } = await openStarted({});
  const applied = changeSetting(act().applied, 'solver.stopMode', mode).experiment;
  const first = someRecord(0);
  const grown = (factor: number): string => {
    const values = { ...first, [mode]: first[mode].map((value) => value * factor) };
    const state = { ...act(), applied, experiment: applied, status: 'diverged' } as const;
    return statusText({ ...state, records: [first, values], source: 'live' });
  };
  expect(grown(1.1 * most)).toContain(words);
  // The other reason that the engine has.
  expect(grown(1.1)).toContain('‖f(z) − z‖ grew more than a billionfold');
  expect([blowUp[mode], runaway.growth]).toEqual([most, 1e9]);
});
