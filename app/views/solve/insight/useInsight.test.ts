import { expect, it } from 'vitest';
import { someRecord } from '../../../../test/app/fakeValues.ts';
import { onFakeClock, openStarted } from '../../../../test/app/openStore.ts';
import type { AppState } from '../../../store/state.ts';
import { gapsOf, placeOf } from './useInsight.ts';

onFakeClock();

it('of a batch the worst sample is looked at, until one is chosen', async () => {
  const { act } = await openStarted({});
  const { problem } = act();
  if (!problem) throw new Error('No problem was opened.');
  const batch = {
    ...act(),
    problem: { ...problem, samples: ['a', 'b', 'c', 'd'] },
    records: [
      { ...someRecord(0), rel: [9, 1, 1, 1] },
      { ...someRecord(1), rel: [0.1, 0.2, 3, 0.3] },
    ],
  };
  // The newest record counts, not where it began.
  expect(placeOf(batch).sample).toBe(2);
  expect(placeOf({ ...batch, token: 1 }).sample).toBe(1);
  // What is no number is worse than any number.
  const broken = { ...batch, records: [{ ...someRecord(0), rel: [1, 5, NaN, 2] }] };
  expect(placeOf(broken).sample).toBe(2);
  // Without a record, the first; of one sequence a token is no sample.
  expect(placeOf({ ...batch, records: [] }).sample).toBe(0);
  const whole = { ...batch, problem: { ...problem, samples: ['abcd'] }, token: 3 };
  expect(placeOf(whole)).toMatchObject({ sample: 0, token: 3 });
});

it('what states say has gaps where nobody watched', () => {
  const state = { source: 'live', solve: 3, problem: { observes: true }, branch: null } as AppState;
  const record = {} as AppState['records'][number];
  const said = [{} as AppState['observed'][number][number]];
  const gaps = (change: Partial<AppState>): string => gapsOf({ ...state, ...change });
  const records = [record, record, record];
  expect(gaps({ records, observed: [said] })).toBe('3: 1 2');
  expect(gaps({ records, observed: [said, said, said] })).toBe('');
  expect(gaps({ records, observed: [said, [], said], branch: { at: 2 } as never })).toBe('');
  expect(gaps({ records, observed: [], source: 'recorded' })).toBe('');
});
