import { describe, expect, it } from 'vitest';
import { halfKnew, knewAt, lensSentence, type Lens } from './lensReadings.ts';

/** Each string is an iteration, each letter the top prediction of a position. */
const lensOf = (...rows: string[]): Lens =>
  rows.map((row) => Array.from(row, (text) => [{ text, probability: 0.5 }]));

describe('knewAt', () => {
  it('is the first iteration from which the prediction stays the newest one', () => {
    expect(knewAt(lensOf('aaa', 'aba', 'abb', 'aba'))).toEqual([0, 1, 3]);
  });

  it('does not count a prediction that was left and came back', () => {
    expect(knewAt(lensOf('a', 'b', 'a', 'a'))).toEqual([2]);
  });

  it('is 0 with one iteration, and nothing without', () => {
    expect(knewAt(lensOf('ab'))).toEqual([0, 0]);
    expect(knewAt([])).toEqual([]);
  });
});

describe('halfKnew', () => {
  it('is reached by at least half of the positions', () => {
    expect(halfKnew([0, 1, 3])).toBe(1);
    expect(halfKnew([0, 1, 3, 9])).toBe(1);
    expect(halfKnew([5])).toBe(5);
    expect(halfKnew([])).toBe(0);
  });
});

describe('lensSentence', () => {
  const lens = lensOf('aaa', 'aba', 'abb', 'aba');

  it('says when the model knew, and whether the solve goes on', () => {
    expect(lensSentence(lens, true)).toBe(
      'Half of the 3 positions knew their final prediction by iteration 1; the solve took 3.',
    );
    expect(lensSentence(lens, false)).toContain('the solve is at 3');
    expect(lensSentence(lensOf('ab'), true)).toContain('z₀');
  });
});
