import { expect, it } from 'vitest';
import { conditionNumber } from './condition.ts';

it('is the largest eigenvalue over the smallest, by size', () => {
  // [[2, 1], [1, 2]] has the eigenvalues 3 and 1.
  expect(
    conditionNumber([
      [2, 1],
      [1, 2],
    ]),
  ).toBeCloseTo(3, 10);
  expect(
    conditionNumber([
      [4, 0],
      [0, -0.5],
    ]),
  ).toBeCloseTo(8, 10);
});

it('is that of the Hilbert matrix', () => {
  const hilbert = Array.from({ length: 5 }, (_, i) =>
    Array.from({ length: 5 }, (__, j) => 1 / (i + j + 1)),
  );
  expect(conditionNumber(hilbert) / 476607.25).toBeCloseTo(1, 4);
});

it('of what is singular or no number says so', () => {
  expect(
    conditionNumber([
      [1, 1],
      [1, 1],
    ]),
  ).toBeGreaterThan(1e15);
  expect(conditionNumber([[NaN]])).toBeNaN();
});
