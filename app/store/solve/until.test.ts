import { describe, expect, it } from 'vitest';
import type { IterationRecord } from '../../../src/engine/protocol/protocol.ts';
import { haltReason, type Until } from './until.ts';

const recordsOf = (residuals: readonly number[]): IterationRecord[] =>
  residuals.map((residual, iteration) => ({
    iteration,
    evaluations: iteration + 1,
    rel: [residual],
    abs: [residual],
    milliseconds: 1,
    status: 'running',
  }));
const stalled: Until = { below: null, iteration: null, stalled: true };
const falling = (count: number): number[] => Array.from({ length: count }, (_, k) => 0.5 ** k);
const flat = (count: number, value: number): number[] =>
  Array.from({ length: count }, (_, k) => value * (1 - 1e-4 * k));

describe('a run that stalls', () => {
  it('halts at the tenth iteration that gained less than one per cent, and only there', () => {
    const residuals = [...falling(5), ...flat(15, 0.0625)];
    const reasons = residuals.map((_, k) =>
      haltReason(recordsOf(residuals.slice(0, k + 1)), stalled, 'rel'),
    );
    const at = reasons.findIndex((reason) => reason !== null);
    expect(reasons[at]).toBe('the last 10 iterations gained less than 1 %');
    expect(at).toBe(14);
    expect(reasons.filter((reason) => reason !== null)).toHaveLength(1);
  });

  it('does not halt while it falls, or swings and still comes down', () => {
    const swings = falling(40).map((value, k) => (k % 2 ? 8 * value : value));
    for (const residuals of [falling(40), swings])
      residuals.forEach((_, k) => {
        expect(haltReason(recordsOf(residuals.slice(0, k + 1)), stalled, 'rel')).toBeNull();
      });
  });
});
