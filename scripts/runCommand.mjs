/** Runs one command to its end with its output in a log file: Chromium alone prints thousands of lines. */
import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/** A check that takes longer hangs. */
const limitMinutes = 40;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
const send = (child, signal) => {
  try {
    if (!child.pid) return;
    // With all it started, browsers too: a group of processes, or on Windows a tree of them.
    if (process.platform === 'win32')
      spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    else process.kill(-child.pid, signal);
  } catch {
    // It was gone already.
  }
};

/**
 * Ask it to stop its servers and browsers, and end it if it does not.
 * @param {import('node:child_process').ChildProcess} child
 */
const stop = (child) => {
  // As Ctrl-C would: Playwright cleans up after SIGINT, not after SIGTERM.
  send(child, 'SIGINT');
  setTimeout(send, 5000, child, 'SIGKILL').unref();
};

let interrupted = false;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    interrupted = true;
    running.forEach(stop);
    if (running.size === 0) process.exit(130);
  });
}

/** @param {string} name */
export const logPath = (name) => join('.cache', 'logs', `${name}.log`);

/**
 * Run a Node script of node_modules.
 * @param {string} name Of the check; names the log.
 * @param {string[]} args The script and its arguments.
 * @param {Record<string, string>} [env]
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export const runCommand = (name, args, env = {}) => {
  mkdirSync(join(root, '.cache', 'logs'), { recursive: true });
  const path = join(root, logPath(name));
  const log = createWriteStream(path);
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  running.add(child);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  return new Promise((resolve) => {
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      stop(child);
    }, limitMinutes * 60_000);
    /** @param {number | null} code */
    const finish = (code) => {
      clearTimeout(timer);
      running.delete(child);
      if (interrupted) process.exit(130);
      if (timedOut) log.write(`\nStopped: it took longer than ${limitMinutes} minutes.\n`);
      log.end(() => {
        resolve({ ok: code === 0 && !timedOut, output: readFileSync(path, 'utf8') });
      });
    };
    child.on('error', (error) => log.write(`${error.message}\n`));
    child.on('close', finish);
  });
};
