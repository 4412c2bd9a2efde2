import { expect, test } from 'vitest';
import { learningRateAt } from './schedule.ts';

const options = { steps: 110, learningRate: 1, warmup: 10, schedule: 'cosine' } as const;

test('rises in a straight line, then falls along half a cosine to a tenth', () => {
  const rates = Array.from({ length: 111 }, (_, step) => learningRateAt(step, options));
  expect(rates[0]).toBeCloseTo(0.1);
  expect(rates[9]).toBeCloseTo(1);
  expect(rates[10]).toBeCloseTo(1);
  expect(rates[60]).toBeCloseTo(0.55);
  expect(rates[110]).toBeCloseTo(0.1);
  for (let step = 11; step <= 110; step++)
    expect(rates[step]).toBeLessThanOrEqual(rates[step - 1] ?? NaN);
});

test('stays at a tenth past the end; constant after the warm-up if asked; no warm-up at all', () => {
  expect(learningRateAt(500, options)).toBeCloseTo(0.1);
  expect(learningRateAt(90, { ...options, schedule: 'constant' })).toBe(1);
  expect(learningRateAt(0, { ...options, warmup: 0 })).toBe(1);
  // Warm-up longer than the run: it never gets to the cosine.
  expect(learningRateAt(5, { ...options, steps: 5, warmup: 10 })).toBeCloseTo(0.6);
});
