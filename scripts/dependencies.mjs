/** Installs the locked dependencies when they are missing or stale. Plain Node: runs before them. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} Locked
 * @param {string} path
 * @returns {Record<string, Locked> | undefined} Packages by folder, or undefined if unreadable.
 */
const readLock = (path) => {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
  } catch {
    return undefined;
  }
};

/**
 * npm writes what it installed to node_modules/.package-lock.json as its last act, so that file
 * is the stamp: it is right after `npm install` and `npm ci` alike, and absent if one was cut off.
 */
export const isInstalled = () => {
  const wanted = readLock('package-lock.json');
  const present = readLock('node_modules/.package-lock.json');
  if (!wanted) throw new Error('package-lock.json is missing or is not JSON.');
  if (!present) return false;
  return Object.entries(wanted).every(([folder, { version, integrity, optional, devOptional }]) => {
    // The root itself; packages for other systems are locked but never installed.
    if (folder === '' || optional || devOptional) return true;
    const found = present[folder];
    return found?.version === version && found?.integrity === integrity;
  });
};

/** Install the locked dependencies unless they are there. */
export const ensureDependencies = () => {
  if (isInstalled()) return;
  console.log('Installing dependencies (npm ci) …');
  // --include=dev: building needs them even where NODE_ENV is production.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  const npm = process.env['npm_execpath'];
  const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []];
  const { status } = spawnSync(command, [...first, ...args], {
    cwd: root,
    stdio: 'inherit',
    shell: !npm && process.platform === 'win32',
  });
  if (status !== 0) throw new Error('npm ci failed; its messages are above.');
};
