/** Every check there is. */
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { plain, readReport } from './reports.mjs';
import { root } from './root.mjs';
import { runCommand } from './runCommand.mjs';

/**
 * @typedef {import('./reports.mjs').Outcome & { note?: string }} Result
 * @typedef {{ chromium?: string, filters: string[], built?: boolean }} Context `built`: dist is of this run.
 * @typedef {{ lane: 'source' | 'browser' | 'either' | 'last', needsChromium?: boolean, run: (context: Context) => Promise<Result> }} Check
 *   Lanes run side by side, the checks of one in order; what either can run, the longest first, fills what time is left. What takes
 *   times comes last, with nothing beside it.
 */

/** Scripts of node_modules, run by Node itself: the same on every system, and no shell between. */
const bin = {
  depcruise: 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
  eslint: 'node_modules/eslint/bin/eslint.js',
  playwright: 'node_modules/@playwright/test/cli.js',
  prettier: 'node_modules/prettier/bin/prettier.cjs',
  sizeLimit: 'node_modules/size-limit/bin.js',
  tsc: 'node_modules/typescript/bin/tsc',
  vite: 'node_modules/vite/bin/vite.js',
  vitest: 'node_modules/vitest/vitest.mjs',
};

/**
 * A command that passes or fails as a whole, and counts as one.
 * @param {string} name
 * @param {string[]} args
 * @returns {Promise<Result>}
 */
const whole = async (name, args) => {
  const run = await runCommand(name, args);
  const output = plain(run.output).trim();
  if (run.ok) return { passed: 1, failures: [], note: output };
  return { passed: 0, failures: [output.split('\n').slice(-60).join('\n')] };
};

/**
 * @param {'vitest' | 'playwright'} runner
 * @param {string} name
 * @param {string[]} args
 * @param {Record<string, string>} env
 */
const counted = async (runner, name, args, env = {}) => {
  const report = join(root, '.cache', 'reports', `${name}.json`);
  rmSync(report, { force: true });
  const run = await runCommand(name, args, { ...env, REPORT_FILE: report });
  return readReport(runner, report, root, run);
};

/**
 * @param {string} name
 * @param {string[]} projects
 * @param {Context} context
 */
const vitest = (name, projects, { chromium, filters }) =>
  counted(
    'vitest',
    name,
    [bin.vitest, 'run', ...projects.flatMap((project) => ['--project', project]), ...filters],
    chromium ? { CHROMIUM_PATH: chromium } : {},
  );

/** @returns {Promise<number>} A port nobody listens on. */
const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/**
 * Of the page that "size" has built.
 * @param {string} name
 * @param {string[]} projects
 * @param {Context} context
 */
const playwright = async (name, projects, { chromium = '', filters, built }) => {
  // An old dist would say nothing about this source.
  if (!built) return { passed: 0, failures: ['not run: "size" made no build before it'] };
  const env = { CHROMIUM_PATH: chromium, E2E_PORT: String(await freePort()) };
  const chosen = [...projects.map((project) => `--project=${project}`), ...filters];
  const args = [bin.playwright, 'test', '--config', 'e2e/playwright.config.ts', ...chosen];
  return counted('playwright', name, args, env);
};

/** @type {Readonly<Record<string, Check>>} */
export const checks = {
  lint: { lane: 'either', run: () => whole('lint', [bin.eslint, '.', '--max-warnings', '0']) },
  types: { lane: 'either', run: () => whole('types', [bin.tsc, '-p', '.']) },
  format: { lane: 'either', run: () => whole('format', [bin.prettier, '--check', '.']) },
  boundaries: { lane: 'either', run: () => whole('boundaries', [bin.depcruise, 'src', 'app']) },
  unit: { lane: 'source', run: (context) => vitest('unit', ['unit', 'unit-page'], context) },
  gpu: { lane: 'browser', needsChromium: true, run: (context) => vitest('gpu', ['gpu'], context) },
  size: {
    lane: 'browser',
    run: async (context) => {
      const build = await whole('size', [bin.vite, 'build']);
      context.built = build.failures.length === 0;
      return context.built ? whole('size', [bin.sizeLimit]) : build;
    },
  },
  e2e: {
    lane: 'browser',
    needsChromium: true,
    run: (context) => playwright('e2e', ['webgpu', 'no-webgpu'], context),
  },
  start: {
    lane: 'last',
    needsChromium: true,
    run: (context) => playwright('start', ['alone'], context),
  },
};
