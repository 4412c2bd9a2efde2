import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryExperiment } from '../../test/arbitraryExperiment.ts';
import {
  changeSetting,
  defaultExperiment,
  presetExperiment,
  settingAt,
} from '../schema/experiment.ts';
import { fieldPaths, findField, type FieldPath } from '../schema/fields.ts';
import { isOfFamily } from '../schema/owners.ts';
import type { RunHead } from './run.ts';
import {
  axisName,
  cellKey,
  cellName,
  cellsOf,
  cellWords,
  historyPaths,
  makeGrid,
  missingCells,
  parseSweep,
  sweepLimits,
  type Sweep,
  type SweepDraft,
} from './sweep.ts';

const draft = (change: Partial<SweepDraft> = {}): SweepDraft => ({
  ...{ work: 'solve', base: defaultExperiment },
  axes: [
    { paths: ['solver.method'], values: ['anderson', 'picard'] },
    { paths: ['solver.window'], values: [5, 2, 5] },
  ],
  ...change,
});

const made = (change: Partial<SweepDraft> = {}): Sweep => {
  const outcome = makeGrid(draft(change));
  if ('problem' in outcome) throw new Error(outcome.problem);
  return { version: 1, id: 's1', name: 'calm-river', madeAt: 5, ...outcome.grid };
};
const refusal = (change: Partial<SweepDraft>): string => {
  const outcome = makeGrid(draft(change));
  return 'problem' in outcome ? outcome.problem : '';
};
const run = (cell: readonly number[], savedAt = 1, id = 's1'): RunHead =>
  ({ id: `${id}${cellKey(cell)}`, savedAt, sweep: { id, cell } }) as unknown as RunHead;

it('cells go row by row, values in order and each once; one without a use for a setting says why', () => {
  const cells = cellsOf(made());
  expect(cells.map(({ place }) => cellKey(place))).toEqual(['0.0', '0.1', '1.0', '1.1']);
  expect(cells.map(({ values }) => values)).toEqual([
    ['picard', 2],
    ['picard', 5],
    ['anderson', 2],
    ['anderson', 5],
  ]);
  expect(cells.map(({ problem }) => problem)).toEqual([
    'Picard has no use for the window.',
    'Picard has no use for the window.',
    null,
    null,
  ]);
  expect(cells[3]?.experiment.solver).toMatchObject({ method: 'anderson', window: 5 });
  const last = cells.slice(-1);
  expect(last.map((cell) => cellWords(made(), cell))).toEqual(['Anderson, window 5']);
  expect(last.map((cell) => cellName(made(), cell))).toEqual(['calm-river · Anderson · 5']);
});

it('the history is one axis, whichever kind keeps it', () => {
  expect(historyPaths.length).toBeGreaterThan(1);
  const sweep = made({
    axes: [
      { paths: ['solver.method'], values: ['anderson', 'broyden', 'picard'] },
      { paths: historyPaths, values: [2, 5] },
    ],
  });
  expect(sweep.axes.map(axisName)).toEqual(['solver', 'history']);
  const problems = cellsOf(sweep).map(({ problem, values }) => [values[0], problem]);
  for (const [method, problem] of problems)
    expect(problem).toBe(method === 'picard' ? 'Picard has no use for the history.' : null);
});

it('a cell that the rules of its family forbid says so; one that both axes make possible is there', () => {
  const sweep = made({
    base: changeSetting(defaultExperiment, 'cell.kind', 'transformer').experiment,
    axes: [
      { paths: ['cell.width'], values: [24, 36] },
      { paths: ['cell.heads'], values: [2, 8] },
    ],
  });
  for (const { experiment, problem } of cellsOf(sweep)) {
    const { width, heads } = experiment.cell;
    if (problem === null) expect(width % Number(heads)).toBe(0);
    else expect(problem).toBe("Width 36 can't be shared evenly by 8 heads.");
  }
  const possible = cellsOf(sweep).map(({ problem }) => problem === null);
  expect(new Set(possible)).toEqual(new Set([true, false]));
});

it('a training begins with random weights and is as long as was asked, within bounds', () => {
  const base = presetExperiment('pretrained');
  const axes = [{ paths: ['train.learningRate'], values: [1e-3, 1e-2] }];
  const sweep = made({ work: 'training', base, axes, steps: 1e6 });
  expect(sweep.base.train.steps).toBe(sweepLimits.steps.most);
  expect(sweep.base.cell.weights).toBe('random');
  expect(cellsOf(sweep).every(({ problem }) => problem === null)).toBe(true);
});

describe('what cannot be swept is said', () => {
  it.each<[Partial<SweepDraft>, RegExp]>([
    [{ axes: [] }, /one or two settings/],
    [{ axes: [{ paths: ['solver.nothing'], values: [1, 2] }] }, /from the list/],
    [{ axes: [{ paths: ['__proto__'], values: [1, 2] }] }, /from the list/],
    [{ axes: [{ paths: ['input.text'], values: ['a', 'b'] }] }, /can’t be swept/],
    [{ axes: [{ paths: ['steady.gain'], values: [1, 2] }] }, /has no “Weight gain”/],
    [{ axes: [{ paths: ['solver.window'], values: [3, '3', 3.2] }] }, /two different values/],
    [
      { axes: [{ paths: ['random.seed'], values: Array.from({ length: 13 }, (_, at) => at) }] },
      /13 values of seed/,
    ],
    [
      {
        axes: [
          { paths: ['random.seed'], values: [1, 2] },
          { paths: ['random.seed'], values: [3, 4] },
        ],
      },
      /the same setting/,
    ],
    [
      {
        axes: ['random.seed', 'solver.maxIterations'].map((path) => ({
          paths: [path],
          values: Array.from({ length: 9 }, (_, at) => 10 + at),
        })),
      },
      /81 cells/,
    ],
    [{ axes: [{ paths: ['backward.tolerance'], values: [1e-3, 1e-2] }] }, /No cell .* no effect/],
  ])('%#', (change, words) => {
    expect(refusal(change)).toMatch(words);
  });
});

it('what was kept is read again as it was; anything else says why it is none', () => {
  const sweep = { ...made(), weightsHash: 'a'.repeat(64), textHash: '../' };
  expect(parseSweep(structuredClone(sweep))).toEqual({
    sweep: { ...made(), weightsHash: 'a'.repeat(64) },
  });
  for (const raw of [
    null,
    [],
    {},
    { ...sweep, version: 2 },
    { ...sweep, id: '../x' },
    { ...sweep, axes: 'x' },
    { ...sweep, base: 1 },
    { ...sweep, work: 'both' },
  ])
    expect(parseSweep(raw)).toHaveProperty('problem');
});

const swept = fc.constantFrom(
  ...fieldPaths.filter((path) => findField(path)?.control !== 'text' && path !== 'problem.family'),
);
const anyGrid = fc
  .tuple(arbitraryExperiment, fc.array(swept, { minLength: 1, maxLength: 2 }), fc.boolean())
  .chain(([base, paths, training]) =>
    fc
      .tuple(
        ...paths.map((path) => {
          const field = findField(path);
          const value: fc.Arbitrary<unknown> =
            field?.control === 'choice'
              ? fc.constantFrom(...field.options.map((option) => option.value))
              : field?.control === 'number'
                ? fc.double({ min: field.min, max: field.max, noNaN: true })
                : fc.boolean();
          return fc.array(value, { minLength: 2, maxLength: 4 });
        }),
      )
      .map((values) =>
        makeGrid({
          work: training ? 'training' : 'solve',
          base,
          axes: paths.map((path, at) => ({ paths: [path], values: values[at] ?? [] })),
        }),
      ),
  );

it('every cell’s set-up differs from the base in the axes alone, and is valid', () => {
  let grids = 0;
  fc.assert(
    fc.property(anyGrid, (outcome) => {
      if ('problem' in outcome) return;
      grids++;
      const { base, axes } = outcome.grid;
      const own = new Set<FieldPath>(axes.flatMap(({ paths }) => paths));
      for (const { experiment, values, problem } of cellsOf(outcome.grid)) {
        for (const path of fieldPaths) {
          if (!own.has(path)) expect(settingAt(experiment, path)).toBe(settingAt(base, path));
        }
        axes.forEach(({ paths }, at) => {
          for (const path of paths) expect(settingAt(experiment, path)).toBe(values[at]);
          for (const path of paths) expect(isOfFamily(path, base.problem.family)).toBe(true);
        });
        expect(experiment.preset).toBe(base.preset);
        if (problem === null) return;
        expect(problem).toMatch(/\S/);
      }
    }),
    // Most draws sweep a setting of another family than the base's, and are no grids.
    { numRuns: 1000 },
  );
  expect(grids).toBeGreaterThan(20);
});

it('what is still to be made is what has no run, after any of them', () => {
  const sweep = made({
    axes: [
      { paths: ['solver.method'], values: ['anderson', 'picard', 'broyden'] },
      { paths: ['solver.window'], values: [1, 2, 3, 4] },
    ],
  });
  const all = missingCells(sweep, []).map(({ place }) => cellKey(place));
  expect(all).toHaveLength(4);
  fc.assert(
    fc.property(fc.subarray(all), fc.boolean(), (done, strangers) => {
      const heads = done.map((key) => run(key.split('.').map(Number)));
      const others = strangers ? [run([0, 0], 1, 'other'), run([1]), { id: 'x' } as RunHead] : [];
      const left = missingCells(sweep, [...others, ...heads]).map(({ place }) => cellKey(place));
      expect(left).toEqual(all.filter((key) => !done.includes(key)));
    }),
  );
});
