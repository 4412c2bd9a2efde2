/**
 * Results by commit, so that a regression is seen: times in units of stock's f of the same run, which hardly depend on the
 * machine, and what the works ask of the GPU, which does not depend on it at all.
 */
import { execFileSync } from 'node:child_process';
import { count, ms } from './tables.mjs';
import { find } from './targets.mjs';

/**
 * @typedef {import('./rows.ts').Report} Report
 * @typedef {import('./rows.ts').Row} Row
 * @typedef {import('./tables.mjs').Table} Table
 * @typedef {{ time?: number, dispatches: number, readbacks: number, peakBytes: number | null }} Figures
 * @typedef {{ commit: string, date: string, adapter: string, browser: string, figures: Record<string, Figures> }} Entry
 * @typedef {{ what: string, before: string, now: string, worse: boolean }} Change
 */

/** Runs that are kept: a table of more is read by nobody. */
const kept = 20;
/** A time has changed when it is another by more than this; on a busy machine medians of one run differ by a tenth. */
const margin = 1.2;

/** The commit of this tree, with a + where files differ from it. */
export const commitHere = () => {
  const git = (/** @type {string[]} */ ...words) =>
    execFileSync('git', words, { encoding: 'utf8' }).trim();
  return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '-uno') ? '+' : '');
};

/**
 * What is kept of a run: its fused rows and those of WebAssembly.
 * @param {Report} report
 * @param {string} commit
 * @returns {Entry}
 */
export const entryOf = (report, commit) => {
  const { date, adapter, browser } = report.host;
  const rows = report.rows.filter(({ variant }) => variant === 'fused' || variant === 'wasm');
  const figures = rows.map((row) => {
    const unit = find(report, 'f', row.size, 'stock')?.medianMs;
    const { dispatches, readbacks, peakBytes } = row;
    const time = unit === undefined ? {} : { time: Number((row.medianMs / unit).toPrecision(3)) };
    return [nameOf(row), { ...time, dispatches, readbacks, peakBytes }];
  });
  return {
    commit,
    date: date.slice(0, 10),
    adapter,
    browser,
    figures: Object.fromEntries(figures),
  };
};

/** @param {Pick<Row, 'size' | 'work' | 'variant'>} row */
const nameOf = ({ size, work, variant }) => `${size}: ${work}, ${variant}`;

/**
 * The history with a run at its end, in place of an earlier one of the same commit.
 * @param {readonly Entry[]} history
 * @param {Entry} entry
 */
export const withRun = (history, entry) =>
  [...history.filter(({ commit }) => commit !== entry.commit), entry].slice(-kept);

/**
 * What is another than in the newest run before on the same adapter: times beyond the margin, counts at all.
 * @param {readonly Entry[]} history
 * @param {Entry} entry
 * @returns {{ since: Entry, changes: Change[] } | null} null where there is none to compare with
 */
export const changesSince = (history, entry) => {
  const since = history.findLast(
    ({ adapter, commit }) => adapter === entry.adapter && commit !== entry.commit,
  );
  if (!since) return null;
  /** @type {Change[]} */
  const changes = [];
  for (const [name, now] of Object.entries(entry.figures)) {
    const before = since.figures[name];
    if (!before) continue;
    const ratio = (now.time ?? NaN) / (before.time ?? NaN);
    if (ratio > margin || ratio < 1 / margin)
      changes.push({
        what: `${name}: time, in stock's f`,
        ...{ before: ms(before.time ?? NaN), now: ms(now.time ?? NaN), worse: ratio > 1 },
      });
    for (const key of /** @type {const} */ (['dispatches', 'readbacks', 'peakBytes'])) {
      const [was, is] = [before[key], now[key]];
      // A share of a read-back is a median of shares.
      if (was === null || is === null || Math.abs(is - was) < 0.1) continue;
      changes.push({
        what: `${name}: ${key === 'peakBytes' ? 'peak bytes' : key}`,
        ...{ before: count(was), now: count(is), worse: is > was },
      });
    }
  }
  return { since, changes };
};

/** Works that the table of all runs has a column for. */
const columns = /** @type {const} */ ([
  'f',
  'f+vjp',
  'broyden',
  'adjoint',
  'train-step',
  'generate-64',
]);

/**
 * All runs, a row each: thousandths of stock's f at the medium size.
 * @param {readonly Entry[]} history
 * @returns {Table}
 */
export const historyTable = (history) => ({
  title: 'By commit: fused, medium, in thousandths of stock’s f of the same run',
  head: ['commit', 'date', ...columns, 'dispatches of a Broyden iteration'],
  rows: history.map(({ commit, date, figures }) => [
    commit,
    date,
    ...columns.map((work) => {
      const time = figures[nameOf({ size: 'medium', work, variant: 'fused' })]?.time;
      return time === undefined ? '–' : ms(1000 * time);
    }),
    count(
      figures[nameOf({ size: 'medium', work: 'broyden', variant: 'fused' })]?.dispatches ?? NaN,
    ),
  ]),
});

/**
 * What has changed since the run before, in words.
 * @param {ReturnType<typeof changesSince>} found
 */
export const changesText = (found) => {
  if (!found) return 'No earlier run on this adapter to compare with.';
  const { since, changes } = found;
  const head = `Since ${since.commit} (${since.date}): `;
  if (changes.length === 0) return `${head}no time has changed by a fifth, and no count.`;
  return [
    `${head}${String(changes.filter(({ worse }) => worse).length)} figures are worse, ${String(changes.filter(({ worse }) => !worse).length)} better.`,
    ...changes.map(
      ({ what, before, now, worse }) =>
        `  ${worse ? 'worse ' : 'better'}  ${what}: ${before} → ${now}`,
    ),
  ].join('\n');
};
