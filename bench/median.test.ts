import { expect, it } from 'vitest';
import { median } from './median.mjs';

it('is the middle value, the mean of the two middle ones, and NaN of nothing', () => {
  const values = [10, 1, 3];
  expect(median(values)).toBe(3);
  expect(values).toEqual([10, 1, 3]);
  expect(median([10, 1, 3, 5])).toBe(4);
  expect(median([])).toBeNaN();
});
