/**
 * A bundle: one JSON file with a set-up and runs, that opens again without loss. Numbers of curves are base64 of
 * little-endian float64; weights are never in it. Readers of every version stay for ever: each has a fixture.
 */
import { type Experiment } from '../schema/experiment.ts';
import { parseExperiment } from '../schema/readExperiment.ts';
import { isRecord, ownValue } from '../schema/untrusted.ts';
import { describe } from '../schema/wording.ts';
import { cleanLine, parseRun } from './parseRun.ts';
import { runLimits, type RunHead, type RunRecord } from './run.ts';

/** What the file says first, so that it is known by its beginning. */
export const bundleFormat = 'deq-runs';
export const bundleVersion = 1;

/** Largest file that is read, in bytes, and most runs in it: what a browser keeps fits in. */
export const bundleLimits = { bytes: 64e6, runs: 250, text: 5_000_000 } as const;

/** What a bundle holds. */
export interface Bundle {
  /** Version and commit of the page that wrote it. */
  readonly build: string;
  /** The set-up that was on screen. */
  readonly experiment: Experiment;
  /** Where it was: the view. */
  readonly view: 'solve' | 'train';
  readonly runs: readonly RunRecord[];
  /** The sender's own training text, where it belongs to what is in here and they chose to include it. */
  readonly text?: string;
}

/** A bundle that can be used, with a sentence on each thing that was changed or left out; or why there is none. */
export type ReadBundle =
  | { readonly bundle: Bundle; readonly adjustments: readonly string[] }
  | { readonly problem: string };

/** Whether a file that begins so means to be a bundle. */
export const looksLikeBundle = (start: string): boolean =>
  /^\uFEFF?\s*\{\s*"format"\s*:\s*"deq-runs"/.test(start);

/** The file's text. */
export function writeBundle({ build, experiment, view, runs, text }: Bundle): string {
  return JSON.stringify({
    ...{ format: bundleFormat, version: bundleVersion, build, view, experiment },
    ...(text === undefined ? {} : { text }),
    runs: runs.map(({ head, trace }) => ({
      head: {
        ...head,
        metrics: mapValues(head.metrics, (metric) => ({ ...metric, value: exact(metric.value) })),
      },
      trace: { columns: mapValues(trace.columns, toBase64) },
    })),
  });
}

/** Reads a file's text. Never throws. */
export function readBundle(text: string): ReadBundle {
  let raw: unknown;
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return {
      problem:
        'The file ends too early or was changed: it is not JSON. Save or download it again, and send it as a file rather than as text.',
    };
  }
  if (!isRecord(raw) || ownValue(raw, 'format') !== bundleFormat) {
    return { problem: 'It is not a file of runs of this page.' };
  }
  const version = ownValue(raw, 'version');
  if (typeof version === 'number' && version > bundleVersion) {
    return {
      problem: `It was saved by a newer version of this page (file format ${String(version)}; this page reads up to ${String(bundleVersion)}). Reload the page to get the newest version.`,
    };
  }
  if (version !== bundleVersion) {
    const shown = describe(version);
    return {
      problem: `It names no version of its format that there is${shown === undefined ? '' : `, but ${shown}`}.`,
    };
  }
  const given = ownValue(raw, 'runs');
  if (!Array.isArray(given)) return { problem: 'It has no list of runs.' };
  if (given.length > bundleLimits.runs) {
    return {
      problem: `It has ${String(given.length)} runs; at most ${String(bundleLimits.runs)} can be opened at once.`,
    };
  }
  const { experiment, adjustments } = parseExperiment(ownValue(raw, 'experiment'));
  const said = [...adjustments];
  const ids = new Set<string>();
  const runs = (given as unknown[]).flatMap((one, at): RunRecord[] => {
    const read = parseRun(one);
    const shown = cleanLine(ownValue(ownValue(one, 'head'), 'name'), runLimits.name);
    const name = shown === '' ? `Run ${String(at + 1)}` : `“${shown}”`;
    if ('problem' in read) {
      said.push(`${name} was left out. ${read.problem}`);
      return [];
    }
    if (ids.has(read.run.head.id)) {
      said.push(`${name} was left out: another run in the file has its id.`);
      return [];
    }
    ids.add(read.run.head.id);
    said.push(...read.adjustments.map((sentence) => `${name}: ${sentence}`));
    return [read.run];
  });
  if (runs.length === 0 && !isRecord(ownValue(raw, 'experiment'))) {
    return {
      problem:
        `Neither a set-up nor a run in it could be read. ${said.slice(adjustments.length).join(' ')}`.trim(),
    };
  }
  const own = ownValue(raw, 'text');
  const tooLong = typeof own === 'string' && own.length > bundleLimits.text;
  if (tooLong) said.push('Its training text is too long and was left out.');
  const bundle: Bundle = {
    build: cleanLine(ownValue(raw, 'build'), 80),
    experiment,
    view: ownValue(raw, 'view') === 'train' ? 'train' : 'solve',
    runs,
    ...(typeof own === 'string' && own !== '' && !tooLong ? { text: own } : {}),
  };
  return { bundle, adjustments: said };
}

/** What a file of that name is called. */
export function bundleName(heads: readonly Pick<RunHead, 'name'>[], now: Date): string {
  const [first] = heads;
  const word = first && heads.length === 1 ? first.name : `${String(heads.length)}-runs`;
  const safe = word.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '');
  return `deq-run-${safe === '' ? 'unnamed' : safe}-${now.toISOString().slice(0, 10)}.json`;
}

const mapValues = <T, U>(
  record: Readonly<Record<string, T>>,
  change: (value: T) => U,
): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

/** JSON has no word for some numbers: they are written as text, which the reader of runs knows. */
const exact = (value: number): number | string =>
  Number.isFinite(value) && !Object.is(value, -0)
    ? value
    : Object.is(value, -0)
      ? '-0'
      : String(value);

/** Little-endian float64 as base64. */
export function toBase64(column: Float64Array): string {
  const view = new DataView(new ArrayBuffer(8 * column.length));
  for (const [at, value] of column.entries()) view.setFloat64(8 * at, value, true);
  const bytes = new Uint8Array(view.buffer);
  const parts: string[] = [];
  // As many as a call takes as arguments.
  for (let at = 0; at < bytes.length; at += 0x6000)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x6000)));
  return btoa(parts.join(''));
}
