import { describe, expect, it } from 'vitest';
import { defaultExperiment } from '../../../../src/schema/experiment.ts';
import { rangeOf, tickLabels } from '../../../charts/stream/scales.ts';
import { record, textLoss } from '../../../../test/app/fakeRecords.ts';
import type { TrainAxis } from './axes.ts';
import { lossPicture } from './lossPicture.ts';
import { costPicture, healthPicture } from './stepPictures.ts';

describe('pictures', () => {
  const records = {
    deq: [record(1), record(2, { validation: 3.9 }), record(3)],
    twin: [record(1, { network: 'twin' })],
  };

  it('share any horizontal axis', () => {
    const at = (axis: TrainAxis) =>
      lossPicture(records, textLoss, { axis, log: false, smoothing: 0.9 }).lines[0]?.points.x;
    expect(at('steps')).toEqual([1, 2, 3]);
    expect(at('examples')).toEqual([128, 256, 384]);
    expect(at('evaluations')).toEqual([17, 34, 51]);
    expect(at('time')).toEqual([0.04, 0.08, 0.12]);
  });

  it('tell the twin by dash and by name', () => {
    const { lines } = lossPicture(records, textLoss, { axis: 'steps', log: false, smoothing: 0.9 });
    expect(lines.map(({ label }) => label)).toEqual([
      'DEQ each step',
      'DEQ training, smoothed',
      'DEQ validation',
      'twin each step',
      'twin training, smoothed',
      'twin validation',
    ]);
    const looks = lines.map(({ dash, opacity }) => JSON.stringify([dash, opacity]));
    expect(new Set(looks.filter((look) => !look.includes('0.28'))).size).toBe(4);
  });

  it('hold what the solver and the device did', () => {
    const { train } = defaultExperiment;
    expect(healthPicture(records, 'residual', 'steps', train).log).toBe(true);
    expect(healthPicture(records, 'radius', 'steps', train).lines[0]?.points.x).toEqual([]);
    expect(costPicture(records, 'memory', 'steps', train).lines[0]?.points.y).toEqual([2, 2, 2]);
  });
});

describe('the vertical axis', () => {
  const picture = lossPicture({ deq: [], twin: [] }, undefined, {
    axis: 'steps',
    log: true,
    smoothing: 0,
  });

  it('is tight on a log axis and begins at a round number', () => {
    expect(rangeOf(picture, 1.88, 4.2)).toEqual([1, 5]);
    expect(rangeOf(picture, 0.012, 0.031)).toEqual([0.01, 0.04]);
    expect(rangeOf({ ...picture, log: false }, null, null)).toEqual([0, 1]);
  });

  it('labels every split of a short log axis and the decades of a long one', () => {
    expect(tickLabels(picture, [1, 2, 3])).toEqual(['1', '2', '3']);
    const long = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20];
    expect(tickLabels(picture, long).filter(Boolean)).toEqual(['1', '10']);
  });
});
