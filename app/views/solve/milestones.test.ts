import { describe, expect, it } from 'vitest';
import { defaultExperiment } from '../../../src/schema/experiment.ts';
import { someRecord } from '../../../test/app/fakeValues.ts';
import { residualCaption } from './caption.ts';
import { meanFactor, milestones } from './milestones.ts';

const records = [0, 1, 2, 3].map(someRecord);

describe('milestones', () => {
  it('name the first record below each decade, down to the tolerance', () => {
    const reached = milestones(records, 'rel', 2e-3).map(({ below, record }) => [
      below,
      record?.iteration,
    ]);
    expect(reached).toEqual([
      [1e-1, 2],
      [1e-2, 3],
      [2e-3, 3],
    ]);
  });

  it('skip evenly down to a small tolerance', () => {
    expect(milestones(records, 'rel', 1e-8).map(({ below }) => below)).toEqual([
      1e-2, 1e-4, 1e-6, 1e-8,
    ]);
  });

  it('leave what has not been reached open', () => {
    expect(milestones([], 'rel', 1e-2).map(({ record }) => record)).toEqual([null, null]);
  });

  it('give the mean factor of an iteration', () => {
    expect(meanFactor(records, 'rel')).toBeCloseTo(0.1);
    expect(meanFactor(records.slice(0, 1), 'rel')).toBeNull();
  });
});

describe('residualCaption', () => {
  it('says what the chart shows', () => {
    expect(residualCaption(records, defaultExperiment, 'rel', 'forward')).toBe(
      'Anderson: the residual fell from 1.0 to 1.0e-3 in 3 iterations.',
    );
    expect(residualCaption(records.slice(0, 1), defaultExperiment, 'rel', 'forward')).toContain(
      '1.0',
    );
    expect(residualCaption([], defaultExperiment, 'rel', 'forward')).toContain('z₀');
  });

  it('counts a fork from where it left its parent', () => {
    expect(residualCaption(records, defaultExperiment, 'rel', 'forward', 1)).toMatch(
      /^Anderson, from iteration 1 on: the residual fell from .* to 1\.0e-3 in 2 iterations\.$/,
    );
  });

  it('does not keep quiet about NaN', () => {
    const broken = [...records, { ...someRecord(4), rel: [NaN] }];
    expect(residualCaption(broken, defaultExperiment, 'rel', 'forward')).toContain(
      'at iteration 4 (▲)',
    );
  });
});
