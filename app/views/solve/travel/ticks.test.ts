import { expect, it } from 'vitest';
import type { IterationRecord, SolverEvent } from '../../../../src/engine/protocol/protocol.ts';
import { ticksOf, withRoom } from './ticks.ts';

const record = (iteration: number, rel: number[], event?: SolverEvent): IterationRecord => ({
  ...{ iteration, evaluations: iteration + 1, rel, abs: rel, milliseconds: 1, status: 'running' },
  ...(event ? { event } : {}),
});

it('marks events, the samples that are below the tolerance, and numbers that are gone', () => {
  const records = [
    record(0, [1, 1, 1, 1]),
    record(1, [1e-4, 0.5, 0.5, 0.5], 'line-search'),
    record(2, [1e-4, 1e-4, 0.5, 0.5], 'window-full'),
    record(3, [1e-4, 1e-4, 1e-4, 1e-4]),
    record(4, [NaN, 1e-4, 1e-4, 1e-4]),
  ];
  const ticks = ticksOf(records, 'rel', 1e-3);
  expect(ticks.map(({ iteration, word }) => [iteration, word])).toEqual([
    [2, 'm full'],
    [2, '50 %'],
    [3, '90 %'],
    [3, 'tol'],
    [4, 'NaN'],
  ]);
  expect(ticks.filter(({ bad }) => bad).map(({ iteration }) => iteration)).toEqual([4]);
});

it('of a single sample has no shares, and of a run that has not got there no tolerance', () => {
  const records = [record(0, [1]), record(1, [0.5]), record(2, [0.01])];
  expect(ticksOf(records, 'rel', 1e-3)).toEqual([]);
  expect(ticksOf(records, 'rel', 0.1).map(({ word }) => word)).toEqual(['tol']);
});

it('has room for a word where the last one is far enough', () => {
  expect(withRoom([0, 10, 50, 55, 100], 40)).toEqual([true, false, true, false, true]);
});
