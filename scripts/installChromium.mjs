/** Gets a Chromium onto a machine that has none: Playwright's download, else apt. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { root } from './root.mjs';

const log = join(root, '.cache', 'logs', 'chromium.log');

/**
 * Run a command with its output in the log; true when it succeeded in time.
 * @param {string} command
 * @param {string[]} args
 * @param {number} seconds
 */
const attempt = (command, args, seconds) => {
  const out = openSync(log, 'a');
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const timeout = seconds * 1000;
    return spawnSync(command, args, { stdio: ['ignore', out, out], env, timeout }).status === 0;
  } finally {
    closeSync(out);
  }
};

/** The words before `apt-get`, or undefined where we may not install packages. */
const rootPrefix = () => {
  if (process.getuid?.() === 0) return [];
  return attempt('sudo', ['-n', 'true'], 10) ? ['sudo', '-n'] : undefined;
};

const downloadFromPlaywright = () => {
  const cli = join(root, 'node_modules', 'playwright', 'cli.js');
  attempt(process.execPath, [cli, 'install', '--no-shell', 'chromium'], 90);
};

const installWithApt = () => {
  const prefix = rootPrefix();
  if (!prefix || !attempt('apt-get', ['--version'], 10)) return;
  for (const args of [['update'], ['install', '-y', 'chromium']]) {
    const [command = '', ...rest] = [...prefix, 'apt-get', ...args];
    attempt(command, rest, 900);
  }
};

/** Path of a Chromium, installed now if there was none. Throws with advice when that fails. */
export const ensureChromium = () => {
  let path = findChromium();
  if (path) return path;
  mkdirSync(join(root, '.cache', 'logs'), { recursive: true });
  const ways = [
    { what: 'downloading one with Playwright (at most 90 s)', get: downloadFromPlaywright },
    { what: 'installing one with apt-get', get: installWithApt },
  ];
  for (const { what, get } of ways) {
    console.log(`No Chromium found: ${what} …`);
    get();
    path = findChromium();
    if (path) return path;
  }
  throw new Error(
    [
      'The GPU and end-to-end tests need Chromium or Chrome, and none could be installed.',
      'Install one (Debian: "apt-get install chromium"; elsewhere: Chrome), or set CHROMIUM_PATH',
      'to the executable of one, then run this again. What was tried: .cache/logs/chromium.log',
    ].join('\n'),
  );
};
