import { describe, expect, it } from 'vitest';
import { changeSetting } from '../../../src/schema/experiment.ts';
import { madeSolve, madeTraining } from '../../../test/app/someRuns.ts';
import { bandOf } from './band.ts';
import { frameOf } from './chartFrame.ts';
import { cannotApply, configRows, toldApart } from './configDiff.ts';
import { csvOf } from '../../figures/csv.ts';
import { endWords } from '../runs/runWords.ts';
import { deviceWarnings, deviceWords, timesCompare } from './devices.ts';
import { panelsOf, refusals } from './groups.ts';
import { longTable } from './longTable.ts';
import { assignSlots } from './looks.ts';
import { deltaOf } from './metrics.ts';
import { frontWords, paretoFront } from './pareto.ts';
import { MOST_POINTS, runLine } from './points.ts';
import { filterRows, rowsOf, sortRows } from './rows.ts';

const choices = {
  solve: { name: null, axis: 'iteration' },
  training: { name: null, axis: 'step' },
} as const;
const [first, second, third] = [1, 2, 3].map((number) => madeSolve(number));
if (!first || !second || !third) throw new Error('Three runs are made above.');

it('a legend tells runs apart by the settings that differ among them', () => {
  const solver = (method: 'picard' | 'anderson', damping: number) => {
    const one = changeSetting(first.head.experiment, 'solver.method', method).experiment;
    return {
      ...first.head,
      id: `${method} ${String(damping)}`,
      experiment: changeSetting(one, 'solver.damping', damping).experiment,
    };
  };
  const told = toldApart([solver('picard', 1), solver('picard', 0.5), solver('anderson', 1)]);
  expect([...told.values()]).toEqual(['Picard · β 1', 'Picard · β 0.5', 'Anderson · m 6']);
  expect([...toldApart([first.head]).values()]).toEqual([]);
  expect(toldApart([first.head, { ...first.head, id: 'again' }]).get('again')).toBe('');
});

describe('colours of runs', () => {
  it('stay with their runs whatever comes and goes', () => {
    const three = assignSlots({}, ['a', 'b', 'c']);
    expect(three).toEqual({ a: 0, b: 1, c: 2 });
    const two = assignSlots(three, ['c', 'a']);
    expect([two['a'], two['c']]).toEqual([0, 2]);
    // A new one takes a look that nobody waits for; who comes back has the old one.
    const other = assignSlots(two, ['c', 'a', 'd']);
    expect(other['d']).toBe(3);
    expect(assignSlots(other, ['c', 'a', 'd', 'b'])['b']).toBe(1);
  });

  it('are six, no two alike, and taken over only when all are in use', () => {
    const six = assignSlots({}, ['a', 'b', 'c', 'd', 'e', 'f']);
    expect(new Set(Object.values(six)).size).toBe(6);
    const next = assignSlots(six, ['b', 'c', 'd', 'e', 'f', 'g']);
    expect(next).toEqual({ ...six, a: undefined, g: 0 });
    expect(assignSlots(next, ['b', 'c', 'd', 'e', 'f', 'g'])).toBe(next);
  });
});

describe('what shares an axis', () => {
  it('is of one definition; others are drawn apart, and it is said why', () => {
    const other = madeSolve(4, { definition: 'one norm over the batch' });
    const panels = panelsOf([first.head, second.head, other.head], choices);
    expect(panels.map(({ groups }) => groups.map(({ members }) => members.length))).toEqual([
      [2, 1],
    ]);
    const [sentence] = refusals(panels);
    expect(sentence).toContain('not drawn on one axis');
    expect(sentence).toContain('one norm over the batch');
    expect(sentence).toContain(other.head.name);
    expect(refusals(panelsOf([first.head, second.head], choices))).toEqual([]);
  });

  it('is of one kind', () => {
    const panels = panelsOf([first.head, madeTraining(5).head], choices);
    expect(panels.map(({ kind, name, axis }) => [kind, name, axis])).toEqual([
      ['solve', 'rel', 'iteration'],
      ['training', 'loss', 'step'],
    ]);
    expect(refusals(panels)).toHaveLength(1);
  });

  it('names losses of different tasks', () => {
    const other = madeTraining(6, { definition: 'cross-entropy; another text' });
    const [sentence] = refusals(panelsOf([madeTraining(5).head, other.head], choices));
    expect(sentence).toContain('not the same loss');
  });

  it('says when devices or builds differ', () => {
    const there = madeSolve(7, { device: { backend: 'wasm', kernels: 'stock', adapter: '' } });
    const later = madeSolve(8, { build: '0.2.0' });
    expect(deviceWarnings([first.head, second.head])).toEqual([]);
    expect(deviceWarnings([first.head, there.head])[0]).toContain('WebAssembly');
    expect(deviceWarnings([first.head, later.head])[0]).toContain('0.2.0');
    expect(timesCompare([first.head, there.head])).toBe(false);
    expect(deltaOf(there.head, first.head, 'msPerIteration')).toBeNull();
    expect(deltaOf(there.head, first.head, 'evaluations')).not.toBeNull();
  });
});

describe('a curve', () => {
  it('keeps its spikes and ends within 400 points, and tells what is no number', () => {
    const { head, trace } = madeSolve(9, { length: 1000 });
    const rel = trace.columns['rel']?.slice() ?? new Float64Array();
    [rel[321], rel[600], rel[999]] = [77, NaN, 0];
    const [curve] = head.curves;
    if (!curve) throw new Error('It has a curve.');
    const line = runLine(curve, { columns: { ...trace.columns, rel } }, 'iteration');
    expect(line.points.x.length).toBeLessThanOrEqual(MOST_POINTS.visible);
    expect(line.points.y).toContain(77);
    expect([line.points.x[0], line.points.x.at(-1)]).toEqual([0, 999]);
    expect(line).toMatchObject({ offScale: [600], zeros: [999] });
    const frame = frameOf([line.points], 'iteration', true);
    expect(frame.x.end).toBeGreaterThanOrEqual(999);
    expect(frame.y.range[1]).toBeGreaterThanOrEqual(77);
  });

  it('and others of its seeds make a band where all of them are', () => {
    const band = bandOf(
      [
        { x: [0, 1, 2, 3], y: [1, 0.1, 0.01, 0.001] },
        { x: [0, 2], y: [1, 0.0001] },
        { x: [0, 1, 2], y: [1, 0.5, 0.25] },
      ],
      true,
    );
    expect(band?.x).toEqual([0, 1, 2]);
    // Halfway on a log axis.
    expect(band?.least[1]).toBeCloseTo(0.01);
    expect(band?.middle).toEqual([1, 0.1, 0.01]);
    expect(band?.most).toEqual([1, 0.5, 0.25]);
    expect(bandOf([{ x: [0, 1], y: [1, 1] }], true)).toBeNull();
  });
});

describe('the table', () => {
  const slow = madeSolve(10, { length: 41, name: 'Slow one', note: 'with =cmd in its note' });
  const rows = rowsOf([first.head, slow.head, madeTraining(11).head], first.head);

  it('sorts with pins on top and runs without the number last', () => {
    const names = (by: 'evaluations' | 'tokens', descending: boolean): string[] =>
      sortRows(rows, { by, descending }, []).map(({ head }) => head.id);
    expect(names('evaluations', false)).toEqual(['made-1', 'made-10', 'trained-11']);
    expect(names('evaluations', true)).toEqual(['trained-11', 'made-10', 'made-1']);
    expect(names('tokens', true)[0]).toBe('trained-11');
    expect(names('tokens', false)[0]).toBe('trained-11');
    const pinned = rowsOf([first.head, { ...slow.head, pinned: true }], null);
    expect(sortRows(pinned, { by: 'evaluations', descending: false }, [])[0]?.head.id).toBe(
      'made-10',
    );
  });

  it('finds by every word, wherever it stands', () => {
    expect(filterRows(rows, 'slow CMD').map(({ head }) => head.id)).toEqual(['made-10']);
    expect(filterRows(rows, 'training')).toHaveLength(1);
    expect(filterRows(rows, 'slow training')).toEqual([]);
  });

  it('tells a difference by sign, arrow and words', () => {
    expect(deltaOf(slow.head, first.head, 'evaluations')).toEqual({
      text: '▲ +95 %',
      words: '95 % higher than the baseline, worse',
      verdict: 'worse',
    });
    expect(deltaOf(slow.head, first.head, 'rel')?.text).toMatch(/^▼ −3\.1 dec/);
    expect(deltaOf(first.head, first.head, 'rel')).toBeNull();
    expect(deltaOf(madeTraining(5).head, first.head, 'evaluations')).toBeNull();
  });
});

it('the front holds what nothing beats, and says so', () => {
  const at = (number: number, x: number, y: number) => ({ head: madeSolve(number).head, x, y });
  const [a, b, c] = [at(1, 1, 9), at(2, 3, 3), at(3, 4, 3)];
  expect(paretoFront([c, b, a])).toEqual([a, b]);
  const words = frontWords([a, b, c], ['made-3'], String, String);
  expect(words).toContain(`${a.head.name} (1, 9); ${b.head.name} (3, 3)`);
  expect(words).toContain(`Beaten in both numbers, or in one at no gain: ${c.head.name}`);
});

describe('settings side by side', () => {
  it('say which differ, and which have no effect in a run', () => {
    const experiment = changeSetting(second.head.experiment, 'solver.method', 'picard').experiment;
    const rows = configRows([first.head, { ...second.head, experiment }]);
    const row = (path: string) => rows.find((one) => one.path === path);
    expect(row('solver.method')?.differs).toBe(true);
    expect(row('solver.tolerance')?.differs).toBe(false);
    expect(row('solver.window')?.cells.map(({ words }) => words === '—')).toEqual([false, true]);
    expect(rows.find(({ name }) => name === 'device')?.differs).toBe(false);
  });

  it('can be taken into a set-up that has them', () => {
    const { experiment } = first.head;
    expect(cannotApply('solver.tolerance', experiment.solver.tolerance, experiment)).toContain(
      'already',
    );
    expect(cannotApply('solver.tolerance', 1e-5, experiment)).toBeNull();
    expect(cannotApply('monotone.alpha', 0.5, experiment)).not.toBeNull();
  });
});

it('numbers leave in the long form, with names that no spreadsheet runs', () => {
  const made = madeSolve(12, { length: 2, name: '=HYPERLINK("x")' });
  const csv = csvOf(longTable([made, made], { solve: 'evaluations', training: 'step' }));
  expect(csv.split('\r\n')).toEqual([
    'run,metric,x,y',
    '"\'=HYPERLINK(""x"")",rel by evaluations,1,1',
    '"\'=HYPERLINK(""x"")",rel by evaluations,2,0.7',
    '"\'=HYPERLINK(""x"") (2)",rel by evaluations,1,1',
    '"\'=HYPERLINK(""x"") (2)",rel by evaluations,2,0.7',
    '',
  ]);
});

it('words of a stranger’s file that every object has are words', () => {
  const { head } = madeSolve(1, { status: 'constructor' });
  const [row] = rowsOf([{ ...head, device: { ...head.device, backend: 'constructor' } }], null);
  if (!row) throw new Error('There is no row.');
  expect(endWords(row.head)).toBe('constructor');
  expect(deviceWords(row.head.device)).toBe('constructor, a GPU');
  expect(filterRows([row], 'constructor')).toHaveLength(1);
});
