import { describe, expect, it } from 'vitest';
import { decimate, pointsOf, valueAt } from './points.ts';
import { debiasedAverage } from './smoothing.ts';

describe('debiasedAverage', () => {
  it('starts at the data, not at zero', () => {
    expect(debiasedAverage([4, 4, 4], 0.99).map((value) => value?.toFixed(6))).toEqual([
      '4.000000',
      '4.000000',
      '4.000000',
    ]);
  });

  it('leaves the data alone without smoothing', () => {
    expect(debiasedAverage([1, 2, 3], 0)).toEqual([1, 2, 3]);
  });

  it('weighs as an exponential average does', () => {
    const [, second] = debiasedAverage([0, 1], 0.5);
    // 0.5 · 0 + 0.5 · 1 relative to the weights 0.25 and 0.5.
    expect(second).toBeCloseTo(2 / 3);
  });

  it('passes over what is no number', () => {
    expect(debiasedAverage([2, NaN, null, 2], 0.9).map((value) => value?.toFixed(3))).toEqual([
      '2.000',
      undefined,
      undefined,
      '2.000',
    ]);
  });
});

describe('decimate', () => {
  const x = Array.from({ length: 10_000 }, (_, index) => index);
  const y = x.map((value) => (value === 4321 ? 99 : value === 7000 ? -99 : Math.sin(value)));

  it('keeps both ends and every spike', () => {
    const thin = decimate({ x, y }, 200);
    expect(thin.x.length).toBeLessThanOrEqual(204);
    expect(thin.x[0]).toBe(0);
    expect(thin.x.at(-1)).toBe(9999);
    expect(thin.y).toContain(99);
    expect(thin.y).toContain(-99);
    expect([...thin.x].sort((a, b) => a - b)).toEqual(thin.x);
    expect(new Set(thin.x).size).toBe(thin.x.length);
  });

  it('leaves a short line as it is', () => {
    expect(decimate({ x: [1, 2], y: [3, 4] }, 200)).toEqual({ x: [1, 2], y: [3, 4] });
  });
});

describe('points of records', () => {
  it('leave out records without a finite value', () => {
    const records = [{ at: 1, y: 5 }, { at: 2 }, { at: 3, y: NaN }, { at: 4, y: 6 }];
    expect(
      pointsOf(
        records,
        ({ at }) => at,
        ({ y: value }) => value,
      ),
    ).toEqual({
      x: [1, 4],
      y: [5, 6],
    });
  });

  it('give the newest value at or before a place', () => {
    const points = { x: [1, 4, 9], y: [10, 40, 90] };
    expect([0, 1, 3, 4, 8, 9, 99].map((at) => valueAt(points, at))).toEqual([
      null,
      10,
      10,
      40,
      40,
      90,
      90,
    ]);
  });
});
