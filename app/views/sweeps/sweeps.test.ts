import { describe, expect, it } from 'vitest';
import { madeSolve } from '../../../test/app/someRuns.ts';
import {
  cellKey,
  cellsOf,
  makeGrid,
  type Sweep,
  type SweepDraft,
} from '../../../src/runs/sweep.ts';
import type { RunHead } from '../../../src/runs/run.ts';
import { defaultExperiment, presetExperiment } from '../../../src/schema/experiment.ts';
import { findField, type FieldPath } from '../../../src/schema/fields.ts';
import type { NumberField } from '../../../src/schema/field.ts';
import { presets, type PresetName } from '../../../src/schema/presets.ts';
import type { KeptSweep } from '../../store/sweeps/sweepShelf.ts';
import { ableSolvers, axisChoices, boxed, rangeOf, suggestedValues, typedValues } from './axes.ts';
import { drawnCells, measured, measuresOf, resultWords } from './cells.ts';
import { cellColours } from './colours.ts';
import { estimateWords } from './estimate.ts';
import { suggestions } from './suggestions.ts';

const sweepOf = (axes: SweepDraft['axes']): Sweep => {
  const made = makeGrid({ work: 'solve', base: defaultExperiment, axes });
  if ('problem' in made) throw new Error(made.problem);
  return { version: 1, id: 's1', name: 'calm-river', madeAt: 5, ...made.grid };
};
const byWindow = sweepOf([
  { paths: ['solver.method'], values: ['anderson', 'picard'] },
  { paths: ['solver.window'], values: [2, 5, 8] },
]);
const byTolerance = sweepOf([
  { paths: ['solver.method'], values: ['anderson', 'picard'] },
  { paths: ['solver.tolerance'], values: [1e-4, 1e-2] },
]);

/** The run of a cell that took so many evaluations. */
const run = (
  cell: readonly number[],
  evaluations: number,
  change: Partial<RunHead> = {},
): RunHead => {
  const { head } = madeSolve(evaluations);
  return {
    ...head,
    id: `run-${cellKey(cell)}`,
    sweep: { id: 's1', cell },
    metrics: {
      ...head.metrics,
      evaluations: { value: evaluations, unit: 'evaluations', better: 'lower' },
    },
    ...change,
  };
};
const kept = (sweep: Sweep, failures: KeptSweep['failures'] = {}): KeptSweep => ({
  ...{ sweep, state: 'going', failures },
});
const words = (sweep: Sweep, heads: readonly RunHead[], name = 'evaluations', of = kept(sweep)) => {
  const cells = drawnCells(of, heads, null);
  return resultWords(sweep, cells, measured(sweep, cells, name));
};

describe('cells', () => {
  const diverged = { status: 'diverged' } as const;
  const heads = [run([1, 0], 20), run([1, 1], 14), run([1, 2], 3, diverged)];

  it('each is what came of it: made, ended otherwise, at work, missing, refused, impossible', () => {
    const all = drawnCells(kept(byWindow), heads.slice(0, 1), [1, 1]);
    expect(all.map(({ state }) => state)).toEqual([
      ...['impossible', 'impossible', 'impossible', 'made', 'running', 'missing'],
    ]);
    expect(all[0]?.words).toBe('Picard has no use for the window.');
    const [, , , , , last] = drawnCells(
      kept(byWindow, { '1.2': 'Too large.' }),
      heads.slice(0, 2),
      null,
    );
    expect(last).toMatchObject({ state: 'failed', words: 'Too large.' });
    const ended = drawnCells(kept(byWindow), heads, null)[5];
    expect(ended).toMatchObject({ state: 'ended', words: 'diverged' });
  });

  it('a solve that diverged after three evaluations is not the cheapest, and is told', () => {
    expect(words(byWindow, heads)).toBe(
      'Fewest evaluations of f: Anderson, window 5: 14. 1 of 3 cells did not converge: 1 diverged (Anderson, window 8).',
    );
  });

  it('where a tolerance is swept, costs are compared at the tightest that two reached', () => {
    const four = [run([0, 0], 51), run([0, 1], 17), run([1, 0], 28), run([1, 1], 12)];
    expect(words(byTolerance, four)).toBe(
      'Fewest evaluations of f at tolerance 1e-4: Anderson: 28. Every cell converged.',
    );
    const limit = { status: 'max-iterations' } as const;
    const looser = [run([0, 0], 61, limit), ...four.slice(1)];
    expect(words(byTolerance, looser)).toMatch(/at tolerance 1e-2: Anderson: 12\. 1 of 4/);
    expect(words(byTolerance, four.slice(0, 1))).toBe('');
  });

  it('ties, and cells that are all alike, are said', () => {
    const alike = [run([1, 0], 9), run([1, 1], 9), run([1, 2], 9)];
    expect(words(byWindow, alike)).toMatch(/^All 3 cells have the same evaluations of f\./);
    expect(words(byWindow, [...alike.slice(1), run([1, 0], 12)])).toMatch(/9 \(1 other cell too\)/);
  });

  it('numbers that mean different things have no best, no colours, and a warning', () => {
    const other = run([1, 1], 14, {
      curves: [{ name: 'rel', x: {}, unit: '', definition: 'another residual' }],
    });
    const cells = drawnCells(kept(byWindow), [run([1, 0], 20), other], null);
    const residual = measured(byWindow, cells, 'rel');
    expect(residual).toMatchObject({ best: null, counted: [] });
    expect(residual.warning).toMatch(/not the same number/);
    expect(cellColours(residual).of('1.0')).toBeNull();
    expect(measured(byWindow, cells, 'evaluations').best?.key).toBe('1.1');
    const foreign = run([1, 1], 14, { build: 'another' });
    const times = drawnCells(kept(byWindow), [run([1, 0], 20), foreign], null);
    expect(measured(byWindow, times, 'milliseconds').warning).toMatch(
      /different devices or builds/,
    );
  });

  it('colours go from the least to the most, with ink that can be read on them', () => {
    const cells = drawnCells(
      kept(byWindow),
      [run([1, 0], 20), run([1, 1], 14), run([1, 2], 300)],
      null,
    );
    const colours = cellColours(measured(byWindow, cells, 'evaluations'));
    expect(colours).toMatchObject({ ends: [14, 300], log: true });
    expect(colours.of('1.1')).toMatchObject({ ink: '#fff' });
    expect(colours.of('1.2')).toMatchObject({ ink: '#000' });
    expect(colours.of('0.0')).toBeNull();
    expect(measuresOf(byWindow, cells)).toEqual([
      'evaluations',
      'milliseconds',
      'msPerIteration',
      'rel',
      'stepBytes',
    ]);
  });
});

describe('axes', () => {
  const field = (path: FieldPath) => findField(path) as NumberField;

  it('offers what has an effect, of another solver too where solvers are the other side', () => {
    const keys = (other: Parameters<typeof axisChoices>[2] = null) =>
      axisChoices(defaultExperiment, 'solve', other).map(({ key }) => key);
    expect(keys()).toContain('solver.window');
    expect(keys()).not.toContain('solver.rank');
    expect(keys()).not.toContain('train.learningRate');
    const solvers = { paths: ['solver.method' as const], values: ['picard', 'broyden'] };
    expect(keys(solvers)).toContain('solver.rank');
    expect(keys(solvers)).not.toContain('solver.method');
    // The history is one setting where several solvers keep one.
    const both = { ...solvers, values: ['anderson', 'broyden'] };
    expect([keys(both), keys()].map((all) => all.some((key) => key.includes(' ')))).toEqual([
      true,
      false,
    ]);
    const training = axisChoices(defaultExperiment, 'training', null).map(({ key }) => key);
    expect(training).toContain('train.learningRate');
    expect(training).not.toContain('train.steps');
  });

  it('every one that is offered has at least two values to begin with, or says that there is one', () => {
    for (const work of ['solve', 'training'] as const)
      for (const { paths } of axisChoices(defaultExperiment, work, null)) {
        const values = suggestedValues(paths, defaultExperiment);
        const outcome = makeGrid({ work, base: defaultExperiment, axes: [{ paths, values }] });
        if ('problem' in outcome) expect(outcome.problem).toMatch(/\.$/);
        else expect(values.length).toBeGreaterThan(1);
      }
  });

  it('ranges go by equal factors or steps, and typed numbers are read or named', () => {
    expect(rangeOf(field('solver.tolerance'), 1e-1, 1e-5, 5)).toEqual([
      1e-5, 1e-4, 1e-3, 1e-2, 1e-1,
    ]);
    expect(rangeOf(field('solver.window'), 1, 9, 3)).toEqual([1, 5, 9]);
    expect(rangeOf(field('solver.window'), 1, 3, 99)).toEqual([1, 2, 3]);
    expect(typedValues(field('solver.window'), '5, 2;x 40 2')).toEqual({
      values: [2, 5, 20],
      notes: ['“x” is not a number and was left out.', 'Window 40 is above the limit; set to 20.'],
    });
    expect(boxed(field('solver.tolerance'), 1e-3)).toBe('1e-3');
    expect(boxed(field('solver.tolerance'), 1 / 3)).toBe(String(1 / 3));
  });

  it('solvers that a state is too large for, or may be, are not proposed', () => {
    const all = ableSolvers(presetExperiment('contraction'), [1, 2]);
    const large = ableSolvers(defaultExperiment, [1, 34, 32]);
    expect(all.length).toBeGreaterThan(large.length);
    expect(ableSolvers(defaultExperiment, [])).toEqual(large);
  });
});

it.each(Object.keys(presets) as PresetName[])('%s has two sweeps to begin with', (name) => {
  const found = suggestions(presetExperiment(name));
  expect(found.filter(({ grid }) => grid.work === 'solve').length).toBeGreaterThan(1);
  for (const { grid } of found) {
    const able = cellsOf(grid).filter(({ problem }) => !problem);
    expect(able.length).toBeGreaterThan(3);
  }
});

it('says how long it would take, and from what that is known', () => {
  const axes = [{ paths: ['solver.tolerance'], values: [1e-4, 1e-3, 1e-2] }];
  const made = makeGrid({ work: 'solve', base: defaultExperiment, axes });
  if (!('grid' in made)) throw new Error(made.problem);
  const { grid } = made;
  expect(estimateWords(grid, null, [])).toMatch(/^3 solves\. .* after the first\.$/);
  const last = madeSolve(1, { experiment: defaultExperiment }).head;
  expect(estimateWords(grid, null, [last])).toMatch(
    /^3 solves, about 1 s: measured from the last solve\.$/,
  );
  const pace = { of: 'solve language ', milliseconds: 4000 };
  expect(estimateWords(grid, pace, [last])).toMatch(
    /^3 solves, about 12 s: as the cells of the last/,
  );
});
