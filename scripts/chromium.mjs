/**
 * Which Chromium the tests use, and with what flags. Vitest, Playwright and the test script
 * all read it from here. Plain Node: it must load before dependencies are installed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

const quiet = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * @typedef {'software' | 'own'} Adapter SwiftShader, which Chromium brings along, or the machine's own GPU.
 */

/**
 * What `TEST_GPU` asks for; without it, in order of preference. On Linux software, so that results do not
 * depend on the machine; elsewhere the machine's own, and software where there is none.
 * @returns {readonly Adapter[]}
 */
export const adapters = () => {
  const chosen = process.env['TEST_GPU'];
  if (chosen === 'software' || chosen === 'own') return [chosen];
  if (chosen) throw new Error(`TEST_GPU is ${chosen}; it can be "software" or "own".`);
  return process.platform === 'linux' ? ['software'] : ['own', 'software'];
};

/** Where Chromium reaches it by Vulkan: the flags under which a read-back survives a visible canvas. */
const softwareOnLinux = [
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-angle=swiftshader',
  '--disable-vulkan-surface',
];

/** @param {Adapter} adapter */
export const webgpuFlagsOf = (adapter) => [
  '--headless=new',
  ...quiet,
  '--enable-unsafe-webgpu',
  '--ignore-gpu-blocklist',
  ...(adapter === 'software'
    ? ['--use-webgpu-adapter=swiftshader', '--enable-unsafe-swiftshader']
    : process.platform === 'linux'
      ? ['--enable-features=Vulkan']
      : []),
  ...(adapter === 'software' && process.platform === 'linux' ? softwareOnLinux : []),
];

/** For the adapter that is tested on here. */
export const webgpuFlags = webgpuFlagsOf(adapters()[0] ?? 'software');

/** The same browser where `navigator.gpu.requestAdapter()` finds nothing. */
export const noWebgpuFlags = ['--headless=new', ...quiet, '--disable-gpu'];

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Where installers put Chrome when they do not put it on the PATH. */
const places = () => {
  if (process.platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium'].map((app) => `${app}.app/Contents/MacOS/${app}`);
    const home = process.env['HOME'] ?? '';
    return ['/Applications', join(home, 'Applications')].flatMap((at) =>
      apps.map((app) => join(at, app)),
    );
  }
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'];
    return roots
      .flatMap((name) => process.env[name] ?? [])
      .flatMap((root) =>
        ['Google\\Chrome', 'Chromium'].map((app) => join(root, app, 'Application', 'chrome.exe')),
      );
  }
  return ['/opt/google/chrome/chrome', '/snap/bin/chromium'];
};

const onPath = () =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter(Boolean)
    .flatMap((folder) => names.map((name) => join(folder, name)));

/** The browser of `npx playwright install chromium`, if Playwright itself is installed. */
const playwrightsOwn = () => {
  try {
    /** @type {typeof import('playwright')} */
    const playwright = createRequire(import.meta.url)('playwright');
    return [playwright.chromium.executablePath()];
  } catch {
    return [];
  }
};

/**
 * Whether it is there and starts: distributions ship stubs that only ask for another package.
 * @param {string} path
 */
export const runs = (path) => {
  if (!existsSync(path)) return false;
  // On Windows `chrome.exe --version` opens a window instead of answering.
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { timeout: 30_000, stdio: 'ignore' }).status === 0;
};

/** Path of an installed Chromium, or undefined. Throws when `CHROMIUM_PATH` names none. */
export const findChromium = () => {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen) {
    if (!existsSync(chosen)) {
      throw new Error(
        `CHROMIUM_PATH is ${chosen}, but there is no such file. Correct or unset it.`,
      );
    }
    if (!runs(chosen)) {
      throw new Error(`CHROMIUM_PATH is ${chosen}, but "${chosen} --version" fails.`);
    }
    return chosen;
  }
  return [...new Set([...onPath(), ...places(), ...playwrightsOwn()])].find(runs);
};

/** For configs that are run directly: a Chromium, or an error that says what to do. */
export const requireChromium = () => {
  const path = findChromium();
  if (path) return path;
  throw new Error('No Chromium found. Run `npm test`, which installs one, or set CHROMIUM_PATH.');
};
