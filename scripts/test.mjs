/**
 * `npm test` runs every check; `node scripts/test.mjs lint unit` some of them. Words after `--`
 * go to the runners (a part of a file name, say). Goes on after a failure, so that one run
 * reports everything; the last line is always `N passed, M failed`.
 */
import { checks } from './checks.mjs';
import { prepareAssets } from './assets.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { ensureChromium } from './installChromium.mjs';
import { root } from './root.mjs';
import { logPath } from './runCommand.mjs';

/** @param {string} text */
const indent = (text) => text.replace(/^/gm, '    ');

/** @param {string[]} names @param {string[]} filters */
const runAll = async (names, filters) => {
  const chosen = names.map((name) => {
    const check = checks[name];
    if (!check) throw new Error(`There is no check named ${name}.`);
    return { name, ...check };
  });
  process.chdir(root);
  ensureDependencies();
  prepareAssets();
  /** @type {import('./checks.mjs').Context} */
  const context = { filters };
  if (chosen.some(({ needsChromium }) => needsChromium)) {
    context.chromium = ensureChromium();
    console.log(`Chromium: ${context.chromium}`);
    // Imported late: Playwright may have been missing until now.
    const { findAdapter } = await import('./webgpuAdapter.mjs');
    const { adapter, name } = await findAdapter(context.chromium);
    process.env['TEST_GPU'] = adapter;
    console.log(`WebGPU: ${name}\n`);
  }
  const total = { passed: 0, failed: 0 };
  /** @param {(typeof chosen)[number]} check */
  const runOne = async ({ name, run }) => {
    const start = performance.now();
    const { passed, failures, note } = await run(context);
    const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(7);
    total.passed += passed;
    total.failed += failures.length;
    const lines = [
      `${name.padEnd(12)}${seconds} s   ${passed} passed, ${failures.length} failed`,
      ...failures.map(indent),
    ];
    if (failures.length > 0) lines.push(indent(`Full output: ${logPath(name)}`));
    else if (name === 'size' && note) lines.push(indent(note));
    return lines.join('\n');
  };
  // Two lanes side by side, since most checks keep one core busy; whichever is done with its own first takes of the rest.
  const rest = chosen.filter(({ lane }) => lane === 'either');
  /** @param {'source' | 'browser' | 'last'} lane */
  const runLane = async (lane) => {
    const own = chosen.filter((check) => check.lane === lane);
    for (let next = own.shift() ?? rest.shift(); next; next = own.shift() ?? rest.shift())
      console.log(await runOne(next));
  };
  await Promise.all([runLane('source'), runLane('browser')]);
  await runLane('last');
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0;
};

const words = process.argv.slice(2);
const split = words.includes('--') ? words.indexOf('--') : words.length;
const names = words.slice(0, split);
try {
  const ok = await runAll(names.length > 0 ? names : Object.keys(checks), words.slice(split + 1));
  process.exitCode = ok ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('\n0 passed, 1 failed');
  process.exitCode = 1;
}
