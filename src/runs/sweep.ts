/**
 * A sweep: one set-up, solved or trained again and again over a grid of values of one or two of its settings. Plain
 * data: it is kept in the browser beside its runs, each of which says which cell of which sweep it is.
 */
import { familyOf } from '../families/settings.ts';
import type { KindSettings } from '../numerics/kind.ts';
import { kindSettings } from '../numerics/settings.ts';
import { settingsOf } from '../numerics/settingsOf.ts';
import { applyConstraints } from '../schema/constraints.ts';
import { changeSetting, settingAt, type Experiment } from '../schema/experiment.ts';
import { parseExperiment } from '../schema/readExperiment.ts';
import {
  fieldPaths,
  findField,
  keyOf,
  sectionOf,
  withSetting,
  type FieldPath,
  type ValueAt,
} from '../schema/fields.ts';
import { isOfFamily } from '../schema/owners.ts';
import { withPretrained } from '../schema/pretrained.ts';
import { readField } from '../schema/readField.ts';
import { isRecord, ownValue } from '../schema/untrusted.ts';
import { valueWords } from '../schema/valueWords.ts';
import { withRandomWeights } from '../schema/weights.ts';
import { labelWithin, matters, settingName, type RunKind } from './difference.ts';
import { cleanLine, isDate, isId } from './parseRun.ts';
import { runLimits, type RunHead } from './run.ts';

/** Format of a sweep in storage. Readers of old ones stay for ever. */
export const sweepVersion = 1;

/** So much is swept at most: the runs of two sweeps and the visitor's own have room beside each other. */
export const sweepLimits = {
  /** Values along one setting. */
  values: 12,
  cells: 64,
  /** Updates of each training. */
  steps: { least: 10, most: 500 },
} as const;

/** A value of a setting that can be swept: texts cannot. */
export type SweepValue = string | number | boolean;

/** What changes along one side of the grid. */
export interface SweepAxis {
  /**
   * The setting; or several that are one to whoever sweeps them, as the length of the history is an option of its own
   * for every solver kind that keeps one. All take the value.
   */
  readonly paths: readonly FieldPath[];
  /** At least two; numbers ascend, options stand in the order of their choice. */
  readonly values: readonly SweepValue[];
}

/** What is made of each cell. */
export type SweepWork = 'solve' | 'training';

/** A grid of set-ups. */
export interface Sweep {
  readonly version: typeof sweepVersion;
  readonly id: string;
  /** Adjective and noun; the names of its runs begin with it. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
  readonly work: SweepWork;
  /** The set-up that every cell is but for the axes. Of trainings, `train.steps` says how long each one is. */
  readonly base: Experiment;
  /** One or two; the first goes down, the second across. */
  readonly axes: readonly SweepAxis[];
  /** SHA-256 of the visitor's own weights, where solves have them. */
  readonly weightsHash?: string;
  /** SHA-256 of the visitor's own text, where trainings learn from it. */
  readonly textHash?: string;
}

/** One set-up of the grid. */
export interface SweepCell {
  /** Its place along each axis. */
  readonly place: readonly number[];
  /** Along each axis. */
  readonly values: readonly SweepValue[];
  readonly experiment: Experiment;
  /** Why there is no such set-up, in a sentence: it has no use for one of the settings, or the rules of its family forbid it. Null: there is. */
  readonly problem: string | null;
}

/** Names a cell among those of its sweep. */
export const cellKey = (place: readonly number[]): string => place.join('.');

/** The kind of run that a sweep's cells become. */
export const runKindOf = (work: SweepWork): RunKind => ({ kind: work });

const kinds: readonly KindSettings[] = kindSettings;

/** The option of each solver kind that says how many evaluations it remembers: with one more it is full later. */
export const historyPaths: readonly FieldPath[] = kinds.flatMap(({ main, memory, options }) => {
  const defaults = Object.fromEntries(
    Object.entries(options).map(([name, field]) => [name, field.default]),
  );
  const length = main === null ? undefined : defaults[main];
  if (main === null || typeof length !== 'number') return [];
  const longer = { ...defaults, [main]: length + 1 };
  return memory.fullAt(longer) === memory.fullAt(defaults) ? [] : [`solver.${main}` as FieldPath];
});

/** Whether an axis is the length of the history, whichever kind keeps it. */
const isHistory = ({ paths }: SweepAxis): boolean => paths.length > 1;

/** What an axis is called within a sentence: `solver`, `tolerance`, `history`. */
export function axisName(axis: SweepAxis): string {
  const [path] = axis.paths;
  if (isHistory(axis)) return 'history';
  if (path === undefined || path === 'solver.method') return 'solver';
  return labelWithin(findField(path)?.label ?? path);
}

/** What it is called beside its values: "Tolerance ε", "Method", "History". */
export function axisTitle(axis: SweepAxis): string {
  if (isHistory(axis)) return 'History';
  const { label, symbol, unit } = findField(axis.paths[0] ?? '') ?? { label: axisName(axis) };
  const named = symbol === undefined ? label : `${label} ${symbol}`;
  return unit === undefined ? named : `${named}, ${unit}`;
}

/** A value of an axis as people write it. */
export const axisValueWords = ({ paths }: SweepAxis, value: SweepValue): string =>
  paths[0] === undefined ? String(value) : valueWords(paths[0], value);

/** A value with the name of its axis: "tolerance 1e-3", "history 5"; a solver's name says itself what it is. */
export const axisValueNamed = (axis: SweepAxis, value: SweepValue): string =>
  axis.paths[0] === 'solver.method'
    ? axisValueWords(axis, value)
    : `${axisName(axis)} ${axisValueWords(axis, value)}`;

/** A cell in words: "Anderson, tolerance 1e-3". */
export const cellWords = ({ axes }: Pick<Sweep, 'axes'>, { values }: SweepCell): string =>
  axes.map((axis, at) => axisValueNamed(axis, values[at] ?? '')).join(', ');

/** The name of a cell's run: the sweep's, and the values. */
export function cellName({ name, axes }: Pick<Sweep, 'name' | 'axes'>, cell: SweepCell): string {
  const values = axes.map((axis, at) => axisValueWords(axis, cell.values[at] ?? ''));
  return Array.from([name, ...values].join(' · '))
    .slice(0, runLimits.name)
    .join('');
}

/** Cells of grids, which never change in place: a large one takes longer than a frame, and whatever lists sweeps asks for them. */
const known = new WeakMap<Pick<Sweep, 'work' | 'base' | 'axes'>, readonly SweepCell[]>();

/** Every cell of a sweep, row by row. */
export function cellsOf(grid: Pick<Sweep, 'work' | 'base' | 'axes'>): readonly SweepCell[] {
  const cells = known.get(grid) ?? makeCells(grid);
  known.set(grid, cells);
  return cells;
}

function makeCells(grid: Pick<Sweep, 'work' | 'base' | 'axes'>): readonly SweepCell[] {
  const [down, across] = grid.axes;
  if (!down) return [];
  return down.values.flatMap((_, row) =>
    (across ? across.values : [null]).map((_, column) =>
      cellAt(grid, across ? [row, column] : [row]),
    ),
  );
}

function cellAt(
  { work, base, axes }: Pick<Sweep, 'work' | 'base' | 'axes'>,
  place: readonly number[],
): SweepCell {
  const values = axes.map((axis, at) => axis.values[place[at] ?? 0] ?? '');
  const set = axes.flatMap(({ paths }, at) =>
    paths.map((path) => [path, values[at] as ValueAt<FieldPath>] as const),
  );
  // All at once: a rule between two swept settings is judged where both have their values.
  const raw = set.reduce<Experiment>(
    (settings, [path, value]) => withSetting(settings, path, value),
    base,
  );
  const brought = set.reduce<Experiment>((settings, [path]) => withPretrained(settings, path), raw);
  const { settings, adjustments } = applyConstraints(brought);
  const own = new Set(set.map(([path]) => path));
  const moved = fieldPaths.filter(
    (path) => settingAt(settings, path) !== settingAt(own.has(path) ? raw : base, path),
  );
  const problem =
    moved.length > 0
      ? (ruleWords(adjustments) ?? `It would change ${moved.map(settingName).join(' and ')} too.`)
      : idleWords(axes, settings, runKindOf(work));
  return { place, values, experiment: problem === null ? settings : raw, problem };
}

/** The rule that was broken, of the sentence on its repair: "… by 8 heads; heads set to 4." */
const ruleWords = ([sentence]: readonly string[]): string | undefined =>
  sentence?.replace(/;.*$/s, '.');

/** Why a set-up has no use for one of the axes; null where it has for all. */
function idleWords(
  axes: readonly SweepAxis[],
  experiment: Experiment,
  kind: RunKind,
): string | null {
  const idle = axes.find(({ paths }) => !paths.some((path) => matters(path, kind, experiment)));
  if (!idle) return null;
  const [path] = idle.paths;
  const isOption =
    path !== undefined &&
    sectionOf(path) === 'solver' &&
    kinds.some(({ options }) => Object.hasOwn(options, keyOf(path)));
  return isOption
    ? `${settingsOf(experiment.solver.method).title} has no use for the ${axisName(idle)}.`
    : `With these settings the ${axisName(idle)} has no effect.`;
}

/** Runs of a sweep by the key of their cell; of two for one cell, the newer one. */
export function runsOfSweep(
  { id, axes }: Pick<Sweep, 'id' | 'axes'>,
  heads: readonly RunHead[],
): ReadonlyMap<string, RunHead> {
  const runs = new Map<string, RunHead>();
  for (const head of heads) {
    if (head.sweep?.id !== id || head.sweep.cell.length !== axes.length) continue;
    const key = cellKey(head.sweep.cell);
    const known = runs.get(key);
    if (!known || known.savedAt < head.savedAt) runs.set(key, head);
  }
  return runs;
}

/** The cells that are still to be made, in order: those that can be and have no run. */
export function missingCells(sweep: Sweep, heads: readonly RunHead[]): readonly SweepCell[] {
  const runs = runsOfSweep(sweep, heads);
  return cellsOf(sweep).filter(
    ({ place, problem }) => problem === null && !runs.has(cellKey(place)),
  );
}

/** Cells that can be made, and how many of them have a run. */
export function countCells(
  sweep: Sweep,
  heads: readonly RunHead[],
): { readonly done: number; readonly total: number } {
  const total = cellsOf(sweep).filter(({ problem }) => problem === null).length;
  return { done: total - missingCells(sweep, heads).length, total };
}

/** What a sweep is made of. */
export type SweepDraft = Pick<Sweep, 'work' | 'base'> & {
  readonly axes: readonly {
    readonly paths: readonly string[];
    readonly values: readonly unknown[];
  }[];
  /** Updates of each training; left as it is in the base where it is not said. */
  readonly steps?: number;
};

/** A grid that can be swept, or why it can't, in a sentence that says what to do. */
export type SweepGrid =
  { readonly grid: Pick<Sweep, 'work' | 'base' | 'axes'> } | { readonly problem: string };

/** Makes a grid of what was chosen: values are brought within bounds, each once and in order. */
export function makeGrid({ work, base, axes, steps }: SweepDraft): SweepGrid {
  const { title, learns } = familyOf(base.problem.family);
  if (work === 'training' && !learns)
    return { problem: `The ${title} is not trained. Sweep solves.` };
  if (axes.length < 1 || axes.length > 2)
    return { problem: 'A sweep is over one or two settings.' };
  const read = axes.map((axis) => readAxis(axis, base));
  const refused = read.find((axis) => 'problem' in axis);
  if (refused && 'problem' in refused) return refused;
  const good = read.flatMap((axis) => ('axis' in axis ? axis.axis : []));
  const [first, second] = good;
  if (second && first?.paths.some((path) => second.paths.includes(path)))
    return { problem: 'Both sides of the grid are the same setting: choose another, or none.' };
  const cells = good.reduce((product, { values }) => product * values.length, 1);
  if (cells > sweepLimits.cells) {
    return {
      problem: `${String(cells)} cells are more than the ${String(sweepLimits.cells)} that a sweep may have: take fewer values.`,
    };
  }
  const grid = { work, base: baseOf(work, base, steps), axes: good };
  const all = cellsOf(grid);
  if (all.every(({ problem }) => problem !== null))
    return { problem: `No cell of this grid can be made. ${all[0]?.problem ?? ''}` };
  return { grid };
}

/** The base as its work needs it: a training begins with random weights and is as long as was asked. */
function baseOf(work: SweepWork, base: Experiment, steps: number | undefined): Experiment {
  if (work === 'solve') return base;
  const { least, most } = sweepLimits.steps;
  const wanted = Math.min(Math.max(steps ?? base.train.steps, least), most);
  return changeSetting(withRandomWeights(base), 'train.steps', wanted).experiment;
}

function readAxis(
  { paths, values }: SweepDraft['axes'][number],
  base: Experiment,
): { readonly axis: SweepAxis } | { readonly problem: string } {
  const known = fieldPaths.filter((path) => paths.includes(path));
  const [path] = known;
  const field = path === undefined ? undefined : findField(path);
  if (!field || path === undefined || known.length !== paths.length)
    return { problem: 'Choose the settings that are swept from the list.' };
  const { title } = familyOf(base.problem.family);
  const { label } = field;
  if (field.control === 'text' || path === 'problem.family')
    return { problem: `“${label}” can’t be swept: choose another setting.` };
  if (!known.every((one) => isOfFamily(one, base.problem.family)))
    return { problem: `The ${title} has no “${label}”: choose another setting.` };
  const limit = sweepLimits.values;
  if (values.length > 4 * limit) return { problem: tooMany(label, values.length) };
  // A value that two settings share has to be one of both.
  const read = values.map((value) =>
    known.reduce<unknown>((kept, one) => {
      const own = findField(one);
      return own ? readField(own, kept).value : kept;
    }, value),
  );
  const distinct = [...new Set(read)] as SweepValue[];
  if (distinct.length > limit) return { problem: tooMany(label, distinct.length) };
  if (distinct.length < 2)
    return { problem: `Give ${label.toLowerCase()} at least two different values.` };
  const rank = (value: SweepValue): number =>
    field.control === 'choice'
      ? field.options.findIndex((option) => option.value === value)
      : Number(value);
  return { axis: { paths: known, values: distinct.toSorted((a, b) => rank(a) - rank(b)) } };
}

const tooMany = (label: string, count: number): string =>
  `${String(count)} values of ${label.toLowerCase()} are more than the ${String(sweepLimits.values)} that one side may have: take fewer.`;

/** Reads a sweep of unknown origin, such as storage that a page of another version wrote. Never throws. */
export function parseSweep(raw: unknown): { readonly sweep: Sweep } | { readonly problem: string } {
  if (!isRecord(raw)) return { problem: 'There is no sweep to read.' };
  const version = ownValue(raw, 'version');
  if (version !== sweepVersion)
    return { problem: 'The sweep was saved by another version of this page.' };
  const id = ownValue(raw, 'id');
  if (!isId(id)) return { problem: 'The sweep has no id that can be used.' };
  const set = ownValue(raw, 'base');
  if (!isRecord(set)) return { problem: 'The sweep has no set-up.' };
  const work = ownValue(raw, 'work');
  if (work !== 'solve' && work !== 'training')
    return { problem: 'The sweep is neither of solves nor of trainings.' };
  const given = ownValue(raw, 'axes');
  const axes = Array.isArray(given) ? (given as unknown[]).map(readRawAxis) : [];
  const made = makeGrid({ work, base: parseExperiment(set).experiment, axes });
  if ('problem' in made) return made;
  const madeAt = ownValue(raw, 'madeAt');
  return {
    sweep: {
      ...{ version: sweepVersion, id, ...made.grid },
      name: cleanLine(ownValue(raw, 'name'), 40) || 'sweep',
      madeAt: isDate(madeAt) ? madeAt : 0,
      ...hashOf(raw, 'weightsHash'),
      ...hashOf(raw, 'textHash'),
    },
  };
}

const readRawAxis = (raw: unknown): SweepDraft['axes'][number] => {
  const [paths, values] = [ownValue(raw, 'paths'), ownValue(raw, 'values')];
  return {
    paths: Array.isArray(paths)
      ? (paths as unknown[]).filter((path) => typeof path === 'string')
      : [],
    values: Array.isArray(values) ? (values as unknown[]) : [],
  };
};

function hashOf<K extends 'weightsHash' | 'textHash'>(
  raw: unknown,
  key: K,
): Partial<Pick<Sweep, K>> {
  const hash = ownValue(raw, key);
  return typeof hash === 'string' && /^[\da-f]{64}$/.test(hash)
    ? ({ [key]: hash } as Partial<Pick<Sweep, K>>)
    : {};
}
