import { describe, expect, it } from 'vitest';
import type { IterationRecord } from '../../src/engine/protocol/protocol.ts';
import { chartFrame } from './frame.ts';
import {
  axisEnd,
  axisTicks,
  chartPoints,
  decadeRange,
  decadeTicks,
  linearRange,
  median,
  thin,
  worst,
} from './series.ts';

const record = (iteration: number, rel: number[]): IterationRecord => ({
  iteration,
  evaluations: 2 * iteration + 1,
  abs: rel.map((value) => 10 * value),
  rel,
  milliseconds: 1,
  status: 'running',
});

describe('worst and median', () => {
  it('take the largest and the middle', () => {
    expect(worst([0.1, 0.3, 0.2])).toBe(0.3);
    expect(median([0.1, 0.3, 0.2])).toBe(0.2);
    expect(median([0.1, 0.3])).toBeCloseTo(0.2);
  });

  it('never let a sample that is not a number pass unseen', () => {
    expect(worst([0.1, NaN, 0.2])).toBeNaN();
    expect(worst([0.1, Infinity])).toBe(Infinity);
    expect(median([0.1, NaN, 0.3, Infinity])).toBeCloseTo(0.2);
    expect(worst([])).toBeNaN();
    expect(median([NaN])).toBeNaN();
  });
});

describe('chartPoints', () => {
  it('keeps zero, and draws nothing that is not finite', () => {
    const points = chartPoints(
      [record(0, [0]), record(1, [NaN]), record(2, [Infinity])],
      'rel',
      'iteration',
    );
    expect(points[0]).toMatchObject({ x: 0, worst: 0, median: 0, exact: 0 });
    expect(points.map((point) => point.worst)).toEqual([0, null, null]);
  });

  it('adds up milliseconds, but not the first, which waits for the compiler', () => {
    const records = [900, 2, 3, 4].map((milliseconds, k) => ({
      ...record(k, [0.5 ** k]),
      milliseconds,
    }));
    expect(chartPoints(records, 'rel', 'milliseconds').map(({ x }) => x)).toEqual([0, 2, 5, 9]);
  });

  it('counts iterations or evaluations, and shows either residual', () => {
    const [, point] = chartPoints([record(0, [1]), record(1, [0.5])], 'abs', 'evaluations');
    expect(point).toMatchObject({ x: 3, worst: 5 });
  });

  it('keeps a point for a value that is not a number', () => {
    const points = chartPoints([record(0, [1]), record(1, [NaN])], 'rel', 'iteration');
    expect(points).toHaveLength(2);
    expect(points[1]?.worst).toBeNull();
  });
});

describe('thin', () => {
  const many = (change: (i: number) => number[]): IterationRecord[] =>
    Array.from({ length: 5000 }, (_, i) => record(i, change(i)));

  it('keeps to the limit, the ends and the order', () => {
    const points = chartPoints(
      many((i) => [2 + Math.sin(i / 50)]),
      'rel',
      'iteration',
    );
    expect(points.length).toBeLessThanOrEqual(402);
    expect(points[0]?.x).toBe(0);
    expect(points.at(-1)?.x).toBe(4999);
    expect(points.every((point, i) => i === 0 || point.x > (points[i - 1]?.x ?? 0))).toBe(true);
  });

  it('never loses a spike of one iteration, nor a NaN', () => {
    const points = chartPoints(
      many((i) => [i === 1234 ? 1e6 : i === 4321 ? NaN : 1]),
      'rel',
      'iteration',
    );
    expect(points.some((point) => point.worst === 1e6)).toBe(true);
    expect(points.some((point) => point.x === 4321 && point.worst === null)).toBe(true);
  });

  it('leaves short series alone', () => {
    const points = chartPoints([record(0, [1])], 'rel', 'iteration');
    expect(thin(points, 400)).toEqual(points);
  });
});

describe('axes', () => {
  const points = chartPoints([record(0, [1]), record(5, [8.1e-5])], 'rel', 'iteration');

  it('hold every point and the tolerance, with a decade below it', () => {
    const [low, high] = decadeRange(points, 1e-4);
    expect(low).toBe(1e-5);
    expect(high).toBeGreaterThan(1);
    expect(high).toBeLessThan(2);
    expect(decadeRange([], null)).toEqual([1e-5, 1]);
  });

  it('are not stretched by a residual of exactly zero, which stands on the bottom edge', () => {
    const records = [record(0, [1]), record(1, [3e-3]), record(2, [0])];
    const { points: framed, y } = chartFrame({
      ...{ records, measure: 'rel', axis: 'iteration', tolerance: null },
    });
    expect(y.scale).toBe('log');
    expect(y.range[0]).toBe(1e-3);
    expect(framed.map(({ worst: drawn }) => drawn)).toEqual([1, 3e-3, 1e-3]);
    expect(framed.map(({ exact }) => exact)).toEqual([1, 3e-3, 0]);
    expect(decadeRange(chartPoints([record(0, [0])], 'rel', 'iteration'), null)).toEqual([1e-5, 1]);
  });

  it('may be linear, from a zero that is drawn as one', () => {
    const records = [record(0, [0.8]), record(1, [0])];
    const { points: framed, y } = chartFrame({
      ...{ records, measure: 'rel', axis: 'iteration', tolerance: 1e-4, scale: 'linear' },
    });
    expect(y.ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
    expect(y.range).toEqual([0, 0.8 * 1.03]);
    expect(framed.map(({ worst: drawn }) => drawn)).toEqual([0.8, 0]);
    const tiny = linearRange(chartPoints([record(0, [3e-7])], 'rel', 'iteration'), null);
    expect(tiny.range[1]).toBeCloseTo(3.09e-7, 12);
    expect(tiny.ticks.length).toBeGreaterThan(3);
    expect(linearRange([], null)).toEqual({ range: [0, 1], ticks: [0, 1] });
  });

  it('tick at exact powers of ten, at most nine of them', () => {
    expect(decadeTicks([1e-5, 1.25])).toEqual([1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1]);
    expect(decadeTicks([1e-16, 1e6]).length).toBeLessThanOrEqual(9);
  });

  it('end at a round number clear of the newest point', () => {
    expect(axisEnd(0)).toBe(5);
    expect(axisEnd(15)).toBe(20);
    expect(axisEnd(27)).toBe(30);
    expect(axisEnd(5000)).toBeGreaterThan(5000);
    expect(axisTicks(30)).toEqual([0, 5, 10, 15, 20, 25, 30]);
  });
});
