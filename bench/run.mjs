/**
 * `npm run bench`: measures in one headless Chromium, writes bench/results/latest.json and prints tables; a full run is kept
 * by its commit in bench/results/history.json, and what has changed since the one before is said.
 * `-- --quick`: the small size alone. `-- --docs`: also puts the tables into docs/performance.md.
 * `-- --auto`: instead, how often the page's `Auto` takes the faster backend, and what its trial costs; `--only <text>`:
 * of the shapes whose names contain it.
 * `-- --against <commit>`: instead, this tree and that commit in turn, and the ratios of their times.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareAssets } from '../scripts/assets.mjs';
import { ensureDependencies } from '../scripts/dependencies.mjs';
import { root } from '../scripts/root.mjs';
import { onServedPage } from '../scripts/servePage.mjs';
import { measureAuto } from './auto.mjs';
import { compareWith } from './compare.mjs';
import {
  changesSince,
  changesText,
  commitHere,
  entryOf,
  historyTable,
  withRun,
} from './history.mjs';
import { markdown, tableText, terminal } from './tables.mjs';

/**
 * @typedef {import('./rows.ts').Report} Report
 * @typedef {import('./history.mjs').Entry} Entry
 */

const marks = ['<!-- bench: begin -->', '<!-- bench: end -->'];

/**
 * @param {boolean} quick
 * @returns {Promise<Report>}
 */
const measure = (quick) =>
  onServedPage({ folder: join(root, 'bench'), to: 'bench', port: 4400 }, (page) =>
    page.evaluate((only) => window.bench(only), quick),
  );

/**
 * Write a file in the house's format.
 * @param {string} path
 * @param {string} text
 */
const writeFormatted = async (path, text) => {
  const { format, resolveConfig } = await import('prettier');
  writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
};

/**
 * @param {Report} report
 * @param {readonly Entry[]} history
 */
const writeDocs = async (report, history) => {
  const path = join(root, 'docs', 'performance.md');
  const text = readFileSync(path, 'utf8');
  const [begin, end] = marks.map((mark) => text.indexOf(mark));
  if (begin === undefined || end === undefined || begin < 0 || end < begin)
    throw new Error(`docs/performance.md has lost its marks ${marks.join(' and ')}.`);
  const head = text.slice(0, begin + (marks[0]?.length ?? 0));
  await writeFormatted(
    path,
    `${head}\n\n${markdown(report, [historyTable(history)])}\n\n${text.slice(end)}`,
  );
};

const measureAll = async (/** @type {boolean} */ quick, /** @type {boolean} */ docs) => {
  // Before results are written over those that the commit holds.
  const commit = commitHere();
  const report = await measure(quick);
  const results = join(root, 'bench', 'results');
  mkdirSync(results, { recursive: true });
  await writeFormatted(join(results, 'latest.json'), JSON.stringify(report));
  // A quick run leaves most of the figures out.
  const kept = join(results, 'history.json');
  /** @type {Entry[]} */
  const before = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : [];
  const entry = entryOf(report, commit);
  const history = quick ? before : withRun(before, entry);
  if (!quick) await writeFormatted(kept, JSON.stringify(history));
  if (docs) await writeDocs(report, history);
  const changes = changesText(changesSince(before, entry));
  console.log(`\n${terminal(report)}\n\n${tableText(historyTable(history))}\n\n${changes}\n`);
  console.log(`Written: bench/results/latest.json${quick ? '' : ' and history.json'}`);
};

try {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      docs: { type: 'boolean', default: false },
      auto: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      against: { type: 'string' },
    },
  });
  process.chdir(root);
  ensureDependencies();
  prepareAssets();
  if (values.auto) console.log(`\n${await measureAuto(values.only)}`);
  else if (values.against === undefined) await measureAll(values.quick, values.docs);
  else console.log(`\n${await compareWith(values.against)}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
