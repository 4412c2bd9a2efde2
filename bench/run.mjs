/**
 * `npm run bench`: measures in one headless Chromium, writes bench/results/latest.json and prints tables.
 * `-- --quick`: the small size alone. `-- --docs`: also puts the tables into docs/performance.md.
 * `-- --auto`: instead, how often the page's `Auto` takes the faster backend, and what its trial costs.
 * `-- --against <commit>`: instead, this tree and that commit in turn, and the ratios of their times.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareAssets } from '../scripts/assets.mjs';
import { ensureDependencies } from '../scripts/dependencies.mjs';
import { root } from '../scripts/root.mjs';
import { onServedPage } from '../scripts/servePage.mjs';
import { measureAuto } from './auto.mjs';
import { compareWith } from './compare.mjs';
import { markdown, terminal } from './tables.mjs';

/** @typedef {import('./rows.ts').Report} Report */

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

/** @param {Report} report */
const writeDocs = async (report) => {
  const path = join(root, 'docs', 'performance.md');
  const text = readFileSync(path, 'utf8');
  const [begin, end] = marks.map((mark) => text.indexOf(mark));
  if (begin === undefined || end === undefined || begin < 0 || end < begin)
    throw new Error(`docs/performance.md has lost its marks ${marks.join(' and ')}.`);
  const head = text.slice(0, begin + (marks[0]?.length ?? 0));
  await writeFormatted(path, `${head}\n\n${markdown(report)}\n\n${text.slice(end)}`);
};

const measureAll = async (/** @type {boolean} */ quick, /** @type {boolean} */ docs) => {
  const report = await measure(quick);
  const results = join(root, 'bench', 'results');
  mkdirSync(results, { recursive: true });
  await writeFormatted(join(results, 'latest.json'), JSON.stringify(report));
  if (docs) await writeDocs(report);
  console.log(`\n${terminal(report)}\n\nWritten: bench/results/latest.json`);
};

try {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      docs: { type: 'boolean', default: false },
      auto: { type: 'boolean', default: false },
      against: { type: 'string' },
    },
  });
  process.chdir(root);
  ensureDependencies();
  prepareAssets();
  if (values.auto) console.log(`\n${await measureAuto()}`);
  else if (values.against === undefined) await measureAll(values.quick, values.docs);
  else console.log(`\n${await compareWith(values.against)}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
