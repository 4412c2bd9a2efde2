import { expect, it } from 'vitest';
import type { FiguresObservation } from '../../src/families/observation.ts';
import { followedIn, followedWords } from './followed.ts';

const figures = (...rows: FiguresObservation['rows']): FiguresObservation[] => [
  { kind: 'figures', name: 'quality', rows },
];
const psnr = (value: number) =>
  figures(
    { name: 'PSNR', value, unit: 'dB', followed: 'linear' },
    { name: 'as measured', value: 10, unit: 'dB', followed: 'linear' },
    { name: 'bound', value: 0.4 },
  );

it('follows figures that ask for it, those of one unit in one picture, silence as a gap', () => {
  const [only, ...others] = followedIn([psnr(8), [], psnr(12.5)]);
  expect(others).toEqual([]);
  expect(only).toMatchObject({
    quantity: 'dB',
    log: false,
    curves: [
      { label: 'PSNR', values: [8, NaN, 12.5], every: 1 },
      { label: 'as measured', values: [10, NaN, 10], every: 1 },
    ],
  });
  expect(only && followedWords(only, 0)).toContain('PSNR: 8 dB at iteration 0, 8 dB at 0.');
  expect(only && followedWords(only, 2)).toContain('12.5 dB at 2.');
});

it('has pictures apart for other units and scales, named by what they show', () => {
  const at = (iou: number, rest: number) =>
    figures(
      { name: 'IoU', value: iou, followed: 'linear' },
      { name: 'gap', value: rest, followed: 'log' },
    );
  expect(
    followedIn([at(0.1, 1), at(0.8, 1e-3)]).map(({ quantity, log }) => ({ quantity, log })),
  ).toEqual([
    { quantity: 'IoU', log: false },
    { quantity: 'gap', log: true },
  ]);
});

it('draws nothing of one iteration, nor of numbers that are none', () => {
  expect(followedIn([])).toEqual([]);
  expect(followedIn([psnr(8)])).toEqual([]);
  expect(followedIn([[], figures({ name: 'IoU', value: NaN, followed: 'linear' })])).toEqual([]);
});
