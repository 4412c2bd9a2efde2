import { expect, test } from 'vitest';
import { judge } from './autotune.ts';

test.each([
  [1, 2, 'registers'],
  [2, 1, 'tiles'],
  // The same but for noise: the simpler kernels.
  [1, 0.95, 'registers'],
] as const)('registers take %d ms, tiles %d ms: %s', (registers, tiles, chosen) => {
  const { timings, ...verdict } = judge({ registers, tiles });
  expect(verdict.chosen).toBe(chosen);
  expect(verdict.why).not.toBe('');
  expect(timings).toEqual([
    { variant: 'registers', milliseconds: registers },
    { variant: 'tiles', milliseconds: tiles },
  ]);
});
