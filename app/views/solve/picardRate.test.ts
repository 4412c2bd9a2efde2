import { describe, expect, it } from 'vitest';
import { picardRate } from './picardRate.ts';

type Given = Parameters<typeof picardRate>[0];
const records = Array.from({ length: 8 }, (_, iteration) => ({ iteration })) as never[];
const report = { iteration: 7, radius: 0.8, settled: true };
const spectrum = (changed: object) => ({ report: { ...report, ...changed } });
const state = (changed: object = {}): Given =>
  ({
    ...{ pass: 'forward', axis: 'iteration', scale: 'log', branch: null },
    ...{ records, status: 'converged', applied: { solver: { map: 'plain' } } },
    ...{ spectrum: spectrum({}), ...changed },
  }) as unknown as Given;

describe('the rate that ρ predicts', () => {
  it('is that of the fixed point', () => {
    expect(picardRate(state())).toBe(0.8);
    expect(picardRate(state({ spectrum: spectrum({ iteration: 6 }) }))).toBeNull();
    expect(picardRate(state({ branch: { at: 5 }, spectrum: spectrum({ iteration: 2 }) }))).toBe(
      0.8,
    );
  });

  it.each([
    ['of an estimate that still moves', { spectrum: spectrum({ settled: false }) }],
    ['where the solve diverged', { status: 'diverged' }],
    ['where the solve ran out of iterations', { status: 'max-iterations' }],
    ['while the solve runs', { status: 'running' }],
    ['without an estimate', { spectrum: { report: null } }],
    ['for the adjoint solve', { pass: 'backward' }],
    ['by evaluations', { axis: 'evaluations' }],
    ['on a linear axis', { scale: 'linear' }],
    ['where a splitting is iterated', { applied: { solver: { map: 'peaceman-rachford' } } }],
  ])('is not drawn %s', (_, changed) => {
    expect(picardRate(state(changed))).toBeNull();
  });
});
