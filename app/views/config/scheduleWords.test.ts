import { expect, test } from 'vitest';
import { scheduleWords } from './scheduleWords.ts';

test('a schedule is told as far as the run comes', () => {
  const words = (steps: number, warmup: number, schedule: 'cosine' | 'constant') =>
    scheduleWords({ steps, warmup, schedule, learningRate: 8e-3 });
  expect(words(60, 20, 'cosine')).toMatch(/^up over 20 steps, then down to .* at step 60$/);
  expect(words(60, 20, 'constant')).toBe('up over 20 steps, then constant');
  expect(words(60, 0, 'constant')).toBe('constant');
  expect(words(10, 20, 'cosine')).toBe('up to 4e-3 at step 10');
  expect(words(20, 20, 'constant')).toBe('up to 8e-3 at step 20');
});
