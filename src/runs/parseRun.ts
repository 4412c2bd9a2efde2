/**
 * Reads runs of unknown origin: out of a file, or out of storage that a page of another version wrote. Nothing
 * here throws, and no name from outside becomes a key before it has been looked at.
 */
import { parseExperiment } from '../schema/readExperiment.ts';
import { isRecord, ownNames, ownValue } from '../schema/untrusted.ts';
import { describe, quote } from '../schema/wording.ts';
import {
  runLimits,
  runVersion,
  type RunAxis,
  type RunCurve,
  type RunDevice,
  type RunHead,
  type RunInput,
  type RunMetric,
  type RunRecord,
  type RunTrace,
} from './run.ts';

/** A run that can be used, with a sentence on each thing that was changed; or why it can't be. */
export type Parsed<T> =
  { readonly run: T; readonly adjustments: readonly string[] } | { readonly problem: string };

type Note = (sentence: string) => void;

const axes: readonly RunAxis[] = ['iteration', 'evaluations', 'milliseconds', 'step', 'examples'];
const weightsFrom = ['random', 'pretrained', 'trained'] as const;
/** Last moment a `Date` can be. */
const lastDate = 8.64e15;

/**
 * Text on one line, without characters that hide or reorder what stands around them; clipped to `most` code points.
 * Mark-up is text like any other: whoever shows it escapes it.
 */
export function cleanLine(raw: unknown, most: number): string {
  if (typeof raw !== 'string') return '';
  const text = raw
    .slice(0, 20 * most)
    .replace(/[\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\p{C}]/gu, '')
    .trim();
  return Array.from(text).slice(0, most).join('');
}

/** Text of several lines, cleaned in the same way. */
export function cleanText(raw: unknown, most: number): string {
  if (typeof raw !== 'string') return '';
  const text = raw
    .slice(0, 20 * most)
    .replace(/\r\n?|[\p{Zl}\p{Zp}]/gu, '\n')
    .replace(/[^\P{C}\n\t]/gu, '');
  return Array.from(text).slice(0, most).join('');
}

/** Whether a name from outside can be a key: short, plain, and nothing that every object has already. */
const isKey = (name: string): boolean =>
  /^[a-z][\w.-]{0,47}$/i.test(name) && !(name in Object.prototype);

/** Whether something from outside can be the id of a run or of a sweep. */
export const isId = (raw: unknown): raw is string =>
  typeof raw === 'string' && /^[\w-]{1,64}$/.test(raw);

const hashOf = (raw: unknown): { readonly hash?: string } =>
  typeof raw === 'string' && /^[0-9a-f]{8,64}$/.test(raw) ? { hash: raw } : {};

/** A number as JSON has it, or one of the words for those that JSON has no number for. */
export function readNumber(raw: unknown): number | undefined {
  if (typeof raw === 'number') return raw;
  const words: Readonly<Record<string, number>> = {
    NaN,
    Infinity,
    '-Infinity': -Infinity,
    '-0': -0,
  };
  return typeof raw === 'string' && Object.hasOwn(words, raw) ? words[raw] : undefined;
}

/** Reads a run without its curves' numbers. */
export function parseRunHead(raw: unknown): Parsed<RunHead> {
  if (!isRecord(raw)) return { problem: 'There is no run to read.' };
  const version = ownValue(raw, 'version');
  if (typeof version === 'number' && version > runVersion) {
    return {
      problem: `The run was saved by a newer version of this page (format ${String(version)}; this page reads format ${String(runVersion)}). Reload the page to get the newest version.`,
    };
  }
  if (version !== runVersion)
    return { problem: 'It is not a run of this page: it has no version.' };
  const id = ownValue(raw, 'id');
  if (!isId(id)) return { problem: 'The run has no id that can be used.' };
  const kind = ownValue(raw, 'kind');
  if (kind !== 'solve' && kind !== 'training') {
    const shown = describe(kind);
    return {
      problem: `The run is neither a solve nor a training${shown === undefined ? '' : `, but ${shown}`}.`,
    };
  }
  const set = ownValue(raw, 'experiment');
  if (!isRecord(set)) return { problem: 'The run has no set-up.' };
  const adjustments: string[] = [];
  const note: Note = (sentence) => {
    adjustments.push(sentence);
  };
  const { experiment, adjustments: ofExperiment } = parseExperiment(set);
  adjustments.push(...ofExperiment);
  const thinnedFrom = ownValue(raw, 'thinnedFrom');
  const training = ownValue(raw, 'training');
  const run: RunHead = {
    ...{ version: runVersion, id, kind },
    ...(kind === 'solve' && ownValue(raw, 'pass') === 'backward' ? { pass: 'backward' } : {}),
    name: readName(ownValue(raw, 'name'), note),
    renamed: ownValue(raw, 'renamed') === true,
    note: readNote(ownValue(raw, 'note'), note),
    starred: ownValue(raw, 'starred') === true,
    pinned: ownValue(raw, 'pinned') === true,
    savedAt: readDate(ownValue(raw, 'savedAt'), note),
    experiment,
    input: readInput(ownValue(raw, 'input')),
    build: cleanLine(ownValue(raw, 'build'), 80),
    device: readDevice(ownValue(raw, 'device')),
    status: cleanLine(ownValue(raw, 'status'), 24) || 'unknown',
    metrics: readMetrics(ownValue(raw, 'metrics'), note),
    curves: readCurves(ownValue(raw, 'curves'), note),
    ...(isCount(thinnedFrom) ? { thinnedFrom } : {}),
    ...(isId(training) ? { training } : {}),
    ...readSweep(ownValue(raw, 'sweep')),
    ...readRepeat(ownValue(raw, 'repeat')),
  };
  return { run, adjustments };
}

/**
 * Reads a run: `{ head, trace }`, the trace's columns as float64 arrays, as lists of numbers or as base64 of
 * little-endian float64. Curves without their numbers are left out, and that is said.
 */
export function parseRun(raw: unknown): Parsed<RunRecord> {
  const read = parseRunHead(ownValue(raw, 'head'));
  if ('problem' in read) return read;
  const trace = parseRunTrace(ownValue(raw, 'trace'));
  if ('problem' in trace) return trace;
  const { columns } = trace.run;
  const length = (name: string): number | undefined =>
    Object.hasOwn(columns, name) ? columns[name]?.length : undefined;
  const whole = read.run.curves.filter(({ name, x }) => {
    const values = length(name);
    return values !== undefined && Object.values(x).every((axis) => length(axis) === values);
  });
  const lost = read.run.curves.filter((curve) => !whole.includes(curve));
  const adjustments = [
    ...read.adjustments,
    ...trace.adjustments,
    ...(lost.length === 0
      ? []
      : [
          `Left out, as their numbers are missing or don’t fit together: ${lost.map(({ name }) => quote(name)).join(', ')}.`,
        ]),
  ];
  return { run: { head: { ...read.run, curves: whole }, trace: trace.run }, adjustments };
}

/** Reads the numbers of a run's curves. */
export function parseRunTrace(raw: unknown): Parsed<RunTrace> {
  const named = ownValue(raw, 'columns');
  if (!isRecord(named)) return { problem: 'The run has no numbers for its curves.' };
  const names = ownNames(named);
  const good = names.filter(isKey).slice(0, runLimits.columns);
  const columns: [string, Float64Array][] = [];
  const lost = names.filter((name) => !good.includes(name));
  let left: number = runLimits.values;
  for (const name of good) {
    const column = readColumn(ownValue(named, name), left);
    if (column === 'too many') {
      return {
        problem: `The run has more than ${runLimits.values.toLocaleString('en')} numbers in its curves, which is more than this page reads.`,
      };
    }
    if (!column) lost.push(name);
    else {
      left -= column.length;
      columns.push([name, column]);
    }
  }
  const shown = lost.slice(0, 8).map(quote).join(', ');
  const more = lost.length > 8 ? ` and ${String(lost.length - 8)} more` : '';
  return {
    run: { columns: Object.fromEntries(columns) },
    adjustments:
      lost.length === 0 ? [] : [`Columns that could not be read were left out: ${shown}${more}.`],
  };
}

function readColumn(raw: unknown, most: number): Float64Array | 'too many' | undefined {
  if (raw instanceof Float64Array) return raw.length > most ? 'too many' : raw;
  if (typeof raw === 'string') {
    if (raw.length > (most * 8 * 4) / 3 + 4) return 'too many';
    return fromBase64(raw);
  }
  if (!Array.isArray(raw)) return undefined;
  if (raw.length > most) return 'too many';
  const column = new Float64Array(raw.length);
  for (const [at, item] of (raw as unknown[]).entries()) {
    const value = readNumber(item);
    if (value === undefined) return undefined;
    column[at] = value;
  }
  return column;
}

/** Numbers out of base64 of little-endian float64; undefined where it is something else. */
export function fromBase64(text: string): Float64Array | undefined {
  let bytes: string;
  try {
    bytes = atob(text);
  } catch {
    return undefined;
  }
  if (bytes.length % 8 !== 0) return undefined;
  const view = new DataView(new ArrayBuffer(bytes.length));
  for (let at = 0; at < bytes.length; at++) view.setUint8(at, bytes.charCodeAt(at));
  const column = new Float64Array(bytes.length / 8);
  for (let at = 0; at < column.length; at++) column[at] = view.getFloat64(8 * at, true);
  return column;
}

function readName(raw: unknown, note: Note): string {
  const name = cleanLine(raw, runLimits.name);
  if (name !== '') {
    if (typeof raw === 'string' && Array.from(raw).length > runLimits.name) {
      note(`The name was cut to ${String(runLimits.name)} characters.`);
    }
    return name;
  }
  note('The run had no name; it is called “unnamed” now.');
  return 'unnamed';
}

function readNote(raw: unknown, note: Note): string {
  const text = cleanText(raw, runLimits.note);
  if (
    typeof raw === 'string' &&
    Array.from(raw.slice(0, 4 * runLimits.note)).length > runLimits.note
  ) {
    note(`The note was cut to ${runLimits.note.toLocaleString('en')} characters.`);
  }
  return text;
}

/** Whether something from outside is a moment in milliseconds since 1970 that a `Date` can be. */
export const isDate = (raw: unknown): raw is number =>
  typeof raw === 'number' && raw >= 0 && raw <= lastDate;

function readDate(raw: unknown, note: Note): number {
  if (isDate(raw)) return raw;
  note('The run had no date.');
  return 0;
}

function readInput(raw: unknown): RunInput {
  const weights = ownValue(raw, 'weights');
  const from = weightsFrom.find((one) => one === ownValue(weights, 'from')) ?? 'random';
  return {
    name: cleanLine(ownValue(raw, 'name'), 80),
    ...hashOf(ownValue(raw, 'hash')),
    weights: { from, ...hashOf(ownValue(weights, 'hash')) },
  };
}

const readDevice = (raw: unknown): RunDevice => ({
  backend: cleanLine(ownValue(raw, 'backend'), 24),
  kernels: cleanLine(ownValue(raw, 'kernels'), 24),
  adapter: cleanLine(ownValue(raw, 'adapter'), 120),
});

function readMetrics(raw: unknown, note: Note): Readonly<Record<string, RunMetric>> {
  const names = ownNames(raw);
  const read = names
    .filter(isKey)
    .slice(0, runLimits.metrics)
    .flatMap((name): [string, RunMetric][] => {
      const metric = ownValue(raw, name);
      const value = readNumber(ownValue(metric, 'value'));
      if (value === undefined) return [];
      const better = ownValue(metric, 'better') === 'higher' ? 'higher' : 'lower';
      return [[name, { value, unit: cleanLine(ownValue(metric, 'unit'), 40), better }]];
    });
  const lost = names.length - read.length;
  if (lost > 0) note(`${String(lost)} of its ${String(names.length)} metrics could not be read.`);
  return Object.fromEntries(read);
}

function readCurves(raw: unknown, note: Note): readonly RunCurve[] {
  if (!Array.isArray(raw)) return [];
  const read = (raw as unknown[]).slice(0, runLimits.curves).flatMap((curve): RunCurve[] => {
    const name = ownValue(curve, 'name');
    const definition = cleanLine(ownValue(curve, 'definition'), 400);
    if (typeof name !== 'string' || !isKey(name) || definition === '') return [];
    const given = ownValue(curve, 'x');
    const x = axes.flatMap((axis): [RunAxis, string][] => {
      const column = ownValue(given, axis);
      return typeof column === 'string' && isKey(column) ? [[axis, column]] : [];
    });
    if (x.length === 0) return [];
    const unit = cleanLine(ownValue(curve, 'unit'), 40);
    return [{ name, x: Object.fromEntries(x), unit, definition }];
  });
  const lost = raw.length - read.length;
  if (lost > 0) note(`${String(lost)} of its ${String(raw.length)} curves could not be read.`);
  return read;
}

const isCount = (raw: unknown): raw is number =>
  typeof raw === 'number' && Number.isSafeInteger(raw) && raw >= 0;

function readSweep(raw: unknown): Pick<RunHead, 'sweep'> {
  const id = ownValue(raw, 'id');
  const cell = ownValue(raw, 'cell');
  if (!isId(id) || !Array.isArray(cell) || cell.length > 4 || !cell.every(isCount)) return {};
  return { sweep: { id, cell } };
}

function readRepeat(raw: unknown): Pick<RunHead, 'repeat'> {
  const id = ownValue(raw, 'id');
  return isId(id) ? { repeat: { id } } : {};
}
