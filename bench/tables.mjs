/** A report as text: for the terminal, and as Markdown for docs/performance.md. */
import { find, ratios, targets } from './targets.mjs';

/**
 * @typedef {import('./rows.ts').Report} Report
 * @typedef {import('./rows.ts').WorkName} Work
 * @typedef {import('./rows.ts').SizeName} Size
 * @typedef {{ title: string, head: string[], rows: string[][] }} Table
 */

const variants = /** @type {const} */ (['fused', 'stock', 'jax-js', 'wasm']);

/** @param {number | null | undefined} x @param {(x: number) => string} show */
const orDash = (x, show) => (x === null || x === undefined || Number.isNaN(x) ? '–' : show(x));

export const ms = (/** @type {number} */ x) => (x < 100 ? x.toPrecision(3) : x.toFixed(0));
const times = (/** @type {number} */ x) => `${x.toFixed(x < 10 ? 2 : 1)}×`;
export const count = (/** @type {number} */ x) => (Number.isInteger(x) ? String(x) : x.toFixed(2));

/** The middle half of the fused measurements around their median. @param {import('./rows.ts').Row | undefined} row */
const spreadOf = (row) => (row?.spread ? `${ms(row.spread[0])} to ${ms(row.spread[1])}` : '–');

/** @param {Report} report @returns {Size[]} */
const sizesOf = ({ rows }) => [...new Set(rows.map(({ size }) => size))];

/** @param {Report} report @param {Size} size @returns {Table} */
const timesTable = (report, size) => {
  const { stock, jax, broyden, anderson, adjoint } = ratios(report, size);
  /** @type {Readonly<Partial<Record<Work, string>>>} */
  const beside = {
    broyden: `${orDash(broyden, times)} f`,
    anderson: `${orDash(anderson, times)} f`,
    adjoint: `${orDash(adjoint, times)} VJP`,
  };
  const works = [
    ...new Set(report.rows.filter((row) => row.size === size).map(({ work }) => work)),
  ];
  return {
    title: `${size}: milliseconds (medians)`,
    head: ['work', ...variants, 'spread', 'stock / fused', 'jax-js / fused', 'beside f'],
    rows: works.map((work) => [
      work,
      ...variants.map((variant) => orDash(find(report, work, size, variant)?.medianMs, ms)),
      spreadOf(find(report, work, size, 'fused')),
      orDash(stock(work), times),
      orDash(jax(work), times),
      beside[work] ?? '',
    ]),
  };
};

/** @param {Report} report @param {Size} size @returns {Table} */
const countsTable = (report, size) => ({
  title: `${size}: what they ask of the GPU`,
  head: ['work', 'variant', 'dispatches', 'read-backs', 'pipelines', 'after warm-up', 'peak kB'],
  rows: report.rows
    .filter((row) => row.size === size && row.variant !== 'wasm')
    .map((row) => [
      row.work,
      row.variant,
      count(row.dispatches),
      count(row.readbacks),
      count(row.pipelines),
      count(row.pipelinesAfterWarmUp),
      orDash(row.peakBytes, (x) => (x / 1000).toFixed(0)),
    ]),
});

/** @param {Report} report @returns {Table} */
const scalingTable = ({ scaling }) => ({
  title: 'Fused, as one size doubles (from small)',
  head: ['doubled', 'work', 'from', 'to', 'ms', 'doubled: ms', 'ratio'],
  rows: scaling.map(({ doubled, work, from, to, ms: before, doubledMs, ratio }) => [
    doubled,
    work === 'f' ? 'f' : 'Broyden solve, 32 iterations',
    String(from),
    String(to),
    ms(before),
    ms(doubledMs),
    times(ratio),
  ]),
});

/** @param {Report} report @returns {Table} */
const matmulTable = ({ matmul }) => ({
  title: 'Arithmetic rate',
  head: ['what', 'GFLOP/s', 'of the best product'],
  rows: [
    ...Object.entries(matmul.f).map(([size, gflops]) => ({ name: `f, ${size}`, gflops })),
    ...matmul.kernels,
  ].map(({ name, gflops }) => [
    name,
    gflops.toFixed(1),
    `${((100 * gflops) / matmul.best.gflops).toFixed(0)} %`,
  ]),
});

/** @param {Report} report @returns {Table} */
const targetsTable = (report) => ({
  title: 'Targets',
  head: ['', 'target', 'goal', 'measured'],
  rows: targets(report).map(({ what, goal, value, kept }) => [kept ? '✓' : '✗', what, goal, value]),
});

/** @param {Report} report @returns {Table[]} */
const tablesOf = (report) => [
  ...sizesOf(report).flatMap((size) => [timesTable(report, size), countsTable(report, size)]),
  scalingTable(report),
  matmulTable(report),
  targetsTable(report),
];

/**
 * Where it ran and what was timed, a sentence each.
 * @param {Report} report
 */
const notes = (report) => {
  const { date, browser, adapter, software, quick, seconds } = report.host;
  const looks = sizesOf(report).map((size) => {
    const readbacks = find(report, 'solve-30', size, 'fused')?.readbacks ?? NaN;
    // 30 iterations are 31 points.
    const mode = readbacks < 31 ? 'enqueued ahead' : 'looked at each iteration';
    return `${size} ${mode} (${count(readbacks)} read-backs for 31 points)`;
  });
  return [
    `${date.slice(0, 10)}, ${browser}, ${adapter}${software ? ' (a software GPU)' : ''}, ${quick ? 'quick' : 'full'} run of ${seconds} s.`,
    'f and f+vjp: enqueued ahead, one wait for a batch of repetitions, in all variants.',
    `Fused solves at full speed: ${looks.join('; ')}. Stock and wasm solves look at each iteration.`,
    `jax-js's f, VJP and iterates differ from the fused ones by ${report.jaxDifference.toExponential(1)} at most.`,
  ];
};

/**
 * A table for people at a terminal: columns of equal width, numbers to the right.
 * @param {Table} table
 */
export const tableText = ({ title, head, rows }) => {
  const widths = head.map((word, i) =>
    Math.max(word.length, ...rows.map((row) => row[i]?.length ?? 0)),
  );
  const line = (/** @type {string[]} */ cells) =>
    cells
      .map((cell, i) =>
        /^[\d–]/.test(cell) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [title, line(head), ...rows.map(line)].join('\n');
};

/**
 * For people at a terminal.
 * @param {Report} report
 */
export const terminal = (report) =>
  [notes(report).join('\n'), ...tablesOf(report).map(tableText)].join('\n\n');

/**
 * The same as Markdown, unformatted, with further tables at its end.
 * @param {Report} report
 * @param {readonly Table[]} [more]
 */
export const markdown = (report, more = []) => {
  const row = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`;
  const blocks = [...tablesOf(report), ...more].map(({ title, head, rows }) =>
    [`### ${title}`, '', row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n'),
  );
  return [
    notes(report)
      .map((note) => `- ${note}`)
      .join('\n'),
    ...blocks,
  ].join('\n\n');
};
