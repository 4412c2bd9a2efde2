import { expect, it } from 'vitest';
import { curveFrame, curvePath } from './curves.ts';

const box = { left: 0, right: 100, top: 0, bottom: 40 };
const curve = { label: 'a', values: [1, 0.1, 0.01], every: 1 };

it('puts a log axis between whole decades and a solve’s first value at the left edge', () => {
  const options = { log: true, fromZero: true };
  const frame = curveFrame([curve], box, options);
  expect([frame.low, frame.high, frame.end]).toEqual([0.01, 1, 2]);
  expect(curvePath(curve, frame, true)).toBe('M0.0 0.0L50.0 20.0L100.0 40.0');
  expect(curvePath(curve, frame, true, 1)).toBe('M0.0 0.0L50.0 20.0');
});

it('counts steps from one, and keeps a tolerance in the picture', () => {
  const steps = { label: 'b', values: [4, 3], every: 5 };
  const frame = curveFrame([steps], box, { log: false, fromZero: false });
  expect([frame.low, frame.high, frame.end]).toEqual([3, 4, 10]);
  expect(curvePath(steps, frame, false)).toBe('M0.0 0.0L100.0 40.0');
  expect(curveFrame([curve], box, { log: true, fromZero: true, also: [1e-4] }).low).toBe(1e-4);
});

it('draws nothing of a curve without values', () => {
  const frame = curveFrame([curve], box, { log: true, fromZero: true });
  expect(curvePath({ ...curve, values: [] }, frame, true)).toBe('');
});
