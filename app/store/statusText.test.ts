import { expect, it } from 'vitest';
import { changeSetting } from '../../src/schema/experiment.ts';
import { blowUp } from '../../src/numerics/judge.ts';
import { someRecord } from '../../test/app/fakeValues.ts';
import { onFakeClock, openStarted } from '../../test/app/openStore.ts';
import { statusText } from './statusText.ts';

onFakeClock();

it.each([
  ['rel', 'relative residual grew more than a thousandfold', 1e3],
  ['abs', 'absolute residual grew more than a millionfold', 1e6],
] as const)(
  'a solve that diverged by its %s residual says by how much',
  async (mode, words, factor) => {
    const { act } = await openStarted({});
    const applied = changeSetting(act().applied, 'solver.stopMode', mode).experiment;
    const state = {
      ...act(),
      applied,
      experiment: applied,
      status: 'diverged',
      records: [someRecord(0)],
    } as const;
    expect(statusText({ ...state, source: 'live' })).toContain(words);
    expect(blowUp[mode]).toBe(factor);
  },
);
