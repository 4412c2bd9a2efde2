import { runDifference } from '../../../src/runs/difference.ts';
import type { RunHead } from '../../../src/runs/run.ts';
import { presets } from '../../../src/schema/presets.ts';
import { endWords } from '../runs/runWords.ts';
import { deviceWords } from './devices.ts';
import { metricOf } from './metrics.ts';

/** Columns of the table that can be sorted by. */
export type ColumnKey =
  'visible' | 'name' | 'diff' | 'outcome' | 'evaluations' | 'pace' | 'peak' | 'tokens' | 'date';

/** Metrics of a column: a run shows the first that it has. */
export const columnMetrics: Readonly<
  Record<'outcome' | 'evaluations' | 'pace' | 'peak' | 'tokens', readonly string[]>
> = {
  outcome: ['validation', 'rel', 'abs', 'loss'],
  evaluations: ['evaluations'],
  pace: ['msPerIteration', 'msPerStep'],
  peak: ['peakBytes', 'stepBytes'],
  tokens: ['examplesPerSecond'],
};

/** By what the table is sorted, and which way. */
export interface Sorting {
  readonly by: ColumnKey;
  readonly descending: boolean;
}

/** A run as the table lists it. */
export interface RunRow {
  readonly head: RunHead;
  /** How it differs from the baseline or, where it is that or there is none, from its preset: found when first read. */
  readonly diff: string;
}

/** Differences that are known, by run and then by what it was held against: heads are never changed in place. */
const known = new WeakMap<RunHead, WeakMap<object, string>>();
/** Stands for a preset as what is held against. */
const PRESET = {};

function differenceFrom(head: RunHead, baseline: RunHead | null): string {
  const against = baseline && baseline.id !== head.id ? baseline : null;
  const ofHead = known.get(head) ?? new WeakMap<object, string>();
  known.set(head, ofHead);
  const words = ofHead.get(against ?? PRESET) ?? runDifference(head, against);
  ofHead.set(against ?? PRESET, words);
  return words;
}

/** Runs with their difference from the baseline. */
export const rowsOf = (heads: readonly RunHead[], baseline: RunHead | null): readonly RunRow[] =>
  heads.map((head) => ({
    head,
    // Two hundred of them take longer than drawing what of the table is on screen.
    get diff() {
      return differenceFrom(head, baseline);
    },
  }));

/** Rows of which every word of the text is found somewhere: in name, note, difference, preset, input, device, outcome. */
export function filterRows(rows: readonly RunRow[], text: string): readonly RunRow[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return rows;
  return rows.filter(({ head, diff }) => {
    const { name, note, kind, experiment, input, device, build } = head;
    const said = [
      ...[name, note, diff, kind, presets[experiment.preset].title, experiment.preset],
      ...[input.name, deviceWords(device), build, endWords(head)],
    ]
      .join('\n')
      .toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

/** Sorted rows: pinned runs first, runs without the number last whichever way, the newest first among equals. */
export function sortRows(
  rows: readonly RunRow[],
  { by, descending }: Sorting,
  visible: readonly string[],
): readonly RunRow[] {
  const way = descending ? -1 : 1;
  const keys = new Map(rows.map((row) => [row, sortKey(row, by, visible)]));
  return rows.toSorted((a, b) => {
    if (a.head.pinned !== b.head.pinned) return a.head.pinned ? -1 : 1;
    const [x, y] = [keys.get(a) ?? null, keys.get(b) ?? null];
    if ((x === null) !== (y === null)) return x === null ? 1 : -1;
    return way * compare(x, y) || b.head.savedAt - a.head.savedAt;
  });
}

type Key = string | number | null;

function sortKey({ head, diff }: RunRow, by: ColumnKey, visible: readonly string[]): Key {
  if (by === 'visible') return visible.includes(head.id) ? 0 : 1;
  if (by === 'name') return head.name.toLowerCase();
  if (by === 'diff') return diff === '' ? null : diff.toLowerCase();
  if (by === 'date') return head.savedAt;
  const value = metricOf(head, columnMetrics[by])?.value;
  return value === undefined || Number.isNaN(value) ? null : value;
}

function compare(a: Key, b: Key): number {
  if (typeof a === 'string' && typeof b === 'string') return a.localeCompare(b, 'en');
  return typeof a === 'number' && typeof b === 'number' && a !== b ? (a < b ? -1 : 1) : 0;
}
