import { describe, expect, it } from 'vitest';
import { CheckpointRhythm, dueAfter, nextSample } from './rhythm.ts';
import type { TrainRecord } from './records.ts';

const rhythm = { steps: 47, validateEvery: 10, spectrumEvery: 15, samplesEvery: 20 };

describe('the schedule', () => {
  it.each([
    [0, []],
    [7, []],
    [10, ['validation']],
    [15, ['spectrum']],
    [20, ['validation', 'sample']],
    [30, ['validation', 'spectrum']],
    [47, ['validation']],
    [60, ['validation', 'spectrum', 'sample']],
  ] as const)('after %i steps asks for %j', (step, expected) => {
    const due = Object.entries(dueAfter(step, rhythm)).flatMap(([what, is]) => (is ? [what] : []));
    expect(due).toEqual(expected);
  });

  it('asks for nothing that is never wanted', () => {
    const never = { steps: 9, validateEvery: 0, spectrumEvery: 0, samplesEvery: 0 };
    for (let step = 0; step < 9; step++)
      expect(Object.values(dueAfter(step, never))).toEqual([false, false, false]);
    expect(nextSample(4, never)).toBe(Infinity);
  });

  it('names the sample to come, from one that is due too', () => {
    expect([0, 19, 20, 21].map((step) => nextSample(step, rhythm))).toEqual([20, 20, 40, 40]);
  });
});

it('a state is worth keeping at a new best and after 200 steps, once each', () => {
  const kept = new CheckpointRhythm(0);
  const at = (step: number, validation?: number): boolean => {
    const record = { network: 'deq', step, ...(validation === undefined ? {} : { validation }) };
    const due = kept.isDue(record as TrainRecord);
    if (due) kept.saved(step);
    return due;
  };
  expect([at(10, 3), at(20, 4), at(30, 2), at(229), at(230), at(231), at(232, 1)]).toEqual([
    ...[true, false, true, false, true, false, true],
  ]);
});
