import { describe, expect, it } from 'vitest';
import { defaultExperiment, type Experiment } from '../../../src/schema/experiment.ts';
import { traceNames } from './traceNames.ts';

const trace = (solver: Partial<Experiment['solver']>) => ({
  experiment: { ...defaultExperiment, solver: { ...defaultExperiment.solver, ...solver } },
  pass: 'forward' as const,
  branch: null,
});

describe('names of traces', () => {
  it('are the method alone where that tells them apart', () => {
    expect(traceNames([trace({ method: 'picard' }), trace({ method: 'anderson' })])).toEqual([
      'Picard',
      'Anderson',
    ]);
  });

  it('say what differs, and only what has an effect', () => {
    const names = traceNames([
      trace({ method: 'anderson', window: 3 }),
      trace({ method: 'anderson', window: 6, rank: 7 }),
      trace({ method: 'picard', window: 9 }),
    ]);
    expect(names).toEqual(['Anderson m = 3', 'Anderson m = 6', 'Picard']);
  });

  it('say where a branch begins and how it was kicked', () => {
    const { experiment, pass } = trace({ method: 'anderson' });
    expect(
      traceNames([
        { experiment, pass, branch: { at: 8, noise: null } },
        { experiment, pass, branch: { at: 8, noise: 0.1 } },
      ]),
    ).toEqual(['Anderson from 8', 'Anderson from 8 ± 0.1']);
  });

  it('are numbered where nothing differs', () => {
    expect(traceNames([trace({}), trace({})])).toEqual(['Anderson', 'Anderson (2)']);
  });
});
