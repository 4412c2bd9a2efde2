import { describe, expect, it } from 'vitest';
import { defaultExperiment } from '../../../../src/schema/experiment.ts';
import { conventionOf } from '../../../../src/numerics/conventions.ts';
import { noRace } from '../../../store/solve/race.ts';
import { sharesResidual } from '../../../store/solve/shown.ts';
import { normsOver, residualFormulas } from '../residualFormulas.ts';
import { conventionLanes, isOfConventions, returnedPoint, ridgeWords } from './conventionWords.ts';

const methods = ['picard', 'anderson', 'broyden'] as const;
const all = methods.flatMap((method) =>
  conventionLanes({ ...defaultExperiment.solver, method }).map((solver) => ({
    solver,
    truth: conventionOf({
      ...{ method, convention: solver.convention },
      ...{ maxIterations: 1, tolerance: 1, stopMode: 'rel' },
    }),
  })),
);

describe('the words for conventions', () => {
  it.each(all)('say what $solver.method does by $solver.convention', ({ solver, truth }) => {
    const { rel, abs } = residualFormulas({ solver }, 'forward');
    expect(abs.includes('z⁺')).toBe(truth.damped);
    const floor = truth.floor > 1e-8 ? truth.floor.toExponential(0) : undefined;
    expect(/\+ (\S+)\)/.exec(rel)?.[1]).toBe(floor);
    const over = { sample: 'each sample', worst: 'worst', batch: 'batch' }[truth.scope];
    expect(normsOver(solver)).toContain(over);
    expect(sharesResidual({ solver }, 'forward')).toBe(truth.scope === 'batch');
    expect(sharesResidual({ solver }, 'backward')).toBe(false);
    const point = returnedPoint(solver);
    expect(point.startsWith('f of')).toBe(truth.returns.endsWith('image'));
    expect(point.includes('last')).toBe(truth.returns.startsWith('last'));
  });

  it('give the ridge where there is one', () => {
    const { solver } = defaultExperiment;
    expect(ridgeWords({ ...solver, method: 'anderson' })).toBe('1e-4 relative');
    expect(ridgeWords({ ...solver, method: 'anderson', convention: 'deq' })).toBe('1e-4 absolute');
    expect(ridgeWords({ ...solver, method: 'broyden' })).toBe('—');
  });

  it('tell a race of conventions from another', () => {
    const of = (solvers: readonly (typeof defaultExperiment.solver)[]) =>
      isOfConventions({
        ...noRace,
        experiments: solvers.map((solver) => ({ ...defaultExperiment, solver })),
      });
    const lanes = conventionLanes(defaultExperiment.solver);
    expect(of(lanes)).toBe(true);
    expect(of(lanes.slice(1))).toBe(false);
    expect(of(lanes.map((lane, i) => (i === 1 ? { ...lane, tolerance: 0.1 } : lane)))).toBe(false);
    expect(isOfConventions(noRace)).toBe(false);
  });
});
