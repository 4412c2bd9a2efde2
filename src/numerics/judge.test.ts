import { expect, test } from 'vitest';
import { judge, worstOf, type SampleStatus } from './judge.ts';

const flat = (n: number, value: number): number[] => Array<number>(n).fill(value);

test.each<[string, number[], number, 'rel' | 'abs', SampleStatus]>([
  ['above', [1, 0.5], 1e-3, 'rel', 'running'],
  ['below', [1, 9e-4], 1e-3, 'rel', 'converged'],
  ['at the tolerance', [1, 1e-3], 1e-3, 'rel', 'running'],
  ['NaN', [1, NaN], 1e-3, 'rel', 'nonfinite'],
  ['infinite', [1, Infinity], 1e-3, 'abs', 'nonfinite'],
  ['no record', [], 1e-3, 'abs', 'nonfinite'],
  ['a thousandfold', [1, 1001], 1e-3, 'rel', 'diverged'],
  ['a thousandfold, absolute', [1, 1001], 1e-3, 'abs', 'running'],
  ['a millionfold, absolute', [1, 1.1e6], 1e-3, 'abs', 'diverged'],
  ['thirty flat records', flat(30, 2e-3), 1e-3, 'rel', 'running'],
  ['thirty-one, within three tolerances', flat(31, 2e-3), 1e-3, 'rel', 'stalled'],
  ['thirty-one, beyond three tolerances', flat(31, 4e-3), 1e-3, 'rel', 'running'],
  ['thirty-one with a change of 30 %', [...flat(30, 2e-3), 1.5e-3], 1e-3, 'rel', 'running'],
])('%s', (_, trace, tolerance, stopMode, expected) => {
  expect(judge(trace, { tolerance, stopMode })).toBe(expected);
});

test.each<[string, readonly [number, number], SampleStatus]>([
  ['and ‖f(z) − z‖ too', [1, 1001], 'diverged'],
  ['and ‖f(z) − z‖ hardly: f(z) is small', [1, 5], 'running'],
  ['from a length of 0', [0, 1e-9], 'diverged'],
])('a relative residual grew a thousandfold %s', (_, lengths, expected) => {
  expect(judge([1, 1e9], { tolerance: 1e-3, stopMode: 'rel' }, lengths)).toBe(expected);
});

test('a batch is as badly off as its worst sample', () => {
  expect(worstOf(['converged', 'stalled'])).toBe('stalled');
  expect(worstOf(['converged', 'nonfinite', 'diverged'])).toBe('nonfinite');
});
