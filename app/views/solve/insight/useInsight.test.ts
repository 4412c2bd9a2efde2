import { expect, it } from 'vitest';
import { someRecord } from '../../../../test/app/fakeValues.ts';
import { onFakeClock, openStarted } from '../../../../test/app/openStore.ts';
import { placeOf } from './useInsight.ts';

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
