/**
 * `npm run bench`: measures in one headless Chromium, writes bench/results/latest.json and prints tables.
 * `-- --quick`: the small size alone. `-- --docs`: also puts the tables into docs/performance.md.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareAssets } from '../scripts/assets.mjs';
import { webgpuFlags } from '../scripts/chromium.mjs';
import { ensureDependencies } from '../scripts/dependencies.mjs';
import { ensureChromium } from '../scripts/installChromium.mjs';
import { root } from '../scripts/root.mjs';
import { markdown, terminal } from './tables.mjs';

/** @typedef {import('./rows.ts').Report} Report */

const marks = ['<!-- bench: begin -->', '<!-- bench: end -->'];

/** Build the page; returns a server of it. Built and not served from source, so that nothing reloads. */
const servePage = async () => {
  const vite = await import('vite');
  const inline = {
    ...{ configFile: /** @type {const} */ (false), root: join(root, 'bench') },
    ...{ publicDir: join(root, 'public'), logLevel: /** @type {const} */ ('warn') },
    // A second copy of tfjs-core would have kernels and tensors of its own.
    resolve: { dedupe: ['@tensorflow/tfjs-core'] },
    build: {
      ...{ outDir: join(root, '.cache', 'bench'), emptyOutDir: true, minify: false },
      ...{ target: 'es2022', chunkSizeWarningLimit: 10_000 },
    },
  };
  await vite.build(inline);
  return vite.preview({ ...inline, preview: { host: '127.0.0.1', port: 4400 } });
};

/**
 * @param {boolean} quick
 * @returns {Promise<Report>}
 */
const measure = async (quick) => {
  const { chromium } = await import('playwright');
  const server = await servePage();
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: webgpuFlags });
  try {
    const page = await browser.newPage();
    page.on('console', (message) => {
      console.log(message.text());
    });
    page.on('pageerror', (error) => {
      console.error(error);
    });
    await page.goto(server.resolvedUrls?.local[0] ?? '');
    return await page.evaluate((only) => window.bench(only), quick);
  } finally {
    await browser.close();
    await server.close();
  }
};

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

const words = process.argv.slice(2);
const unknown = words.filter((word) => !['--quick', '--docs'].includes(word));
try {
  if (unknown.length > 0) throw new Error(`${unknown.join(' ')}: --quick and --docs are known.`);
  process.chdir(root);
  ensureDependencies();
  prepareAssets();
  const report = await measure(words.includes('--quick'));
  const results = join(root, 'bench', 'results');
  mkdirSync(results, { recursive: true });
  await writeFormatted(join(results, 'latest.json'), JSON.stringify(report));
  if (words.includes('--docs')) await writeDocs(report);
  console.log(`\n${terminal(report)}\n\nWritten: bench/results/latest.json`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
