import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { url } from './address.ts';
import { expect, test } from './test.ts';

const root = join(import.meta.dirname, '..');
/** A folder with nothing but the unpacked tarball and the packages it asks for. */
let folder: string;

const run = (command: string, args: readonly string[], cwd = root): string => {
  // Playwright asks its workers for colours, which would stand in what is printed.
  const env = { ...process.env, FORCE_COLOR: '0' };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  expect(status, `${command} ${args.join(' ')}\n${stdout}${stderr}`).toBe(0);
  return stdout;
};

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'deq-library-'));
  run(process.execPath, ['scripts/library.mjs']);
  const packed = run('npm', ['pack', './lib', '--pack-destination', folder]).trim().split('\n');
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  for (const name of ['@tensorflow', '@types', '@webgpu', 'ml-matrix', 'pure-rand'])
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  run('tar', ['-xzf', packed.at(-1) ?? '', '-C', modules], folder);
  run('mv', [join(modules, 'package'), join(modules, 'deq-playground')]);
});

test.afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The guide's examples, each with what it is said to print. */
const examples = [
  ...readFileSync(join(root, 'docs/library.md'), 'utf8').matchAll(
    /```js\n\/\/ In (?<where>Node|a page)\.\n(?<code>[\s\S]*?)```\n\n```text\n(?<says>[\s\S]*?)```/g,
  ),
].map(({ groups = {} }) => groups);

test('every example of the guide prints what it says, from the tarball, in Node', () => {
  const inNode = examples.filter(({ where }) => where === 'Node');
  expect(inNode).toHaveLength(4);
  for (const [i, { code = '', says }] of inNode.entries()) {
    const file = join(folder, `example-${String(i)}.mjs`);
    writeFileSync(file, code);
    const printed = run(process.execPath, [file], folder);
    // TensorFlow.js greets whoever runs it in Node.
    expect(printed.replace(/^\s*=+\nHi,[\s\S]*?=+\n/, '')).toBe(says);
  }
});

test('its types say what it takes and gives', () => {
  writeFileSync(
    join(folder, 'typed.ts'),
    `import * as tf from '@tensorflow/tfjs-core';
import { solve, type Solution } from 'deq-playground';
const found: Promise<Solution> = solve((z) => tf.cos(z), tf.zeros([1, 1]), {
  method: 'anderson', maxIterations: 9, tolerance: 1e-3, stopMode: 'abs',
});
// @ts-expect-error: there is no such method.
void solve((z) => z, tf.zeros([1, 1]), { method: 'bisection', maxIterations: 9, tolerance: 1e-3, stopMode: 'abs' });
export default found;
`,
  );
  run(
    process.execPath,
    [
      join(root, 'node_modules/typescript/bin/tsc'),
      ...['--noEmit', '--strict', '--skipLibCheck', '--types', 'node'],
      ...['--target', 'es2022', '--module', 'nodenext', '--lib', 'es2023,dom,esnext.disposable'],
      'typed.ts',
    ],
    folder,
  );
});

test('a page made with Vite from the tarball computes on WebGPU', async ({ page }) => {
  const [{ code = '', says = '' } = {}] = examples.filter(({ where }) => where === 'a page');
  writeFileSync(join(folder, 'index.html'), '<script type="module" src="./page.js"></script>');
  writeFileSync(join(folder, 'page.js'), code);
  await build({
    ...{ configFile: false, root: folder, base: './', logLevel: 'warn' },
    build: { outDir: join(folder, 'dist'), target: 'es2022', chunkSizeWarningLimit: 10_000 },
  });
  const at = `${url}library/`;
  await page.route(`${at}**`, (route) =>
    route.fulfill({
      path: join(folder, 'dist', route.request().url().slice(at.length) || 'index.html'),
    }),
  );
  const printed = page.waitForEvent('console', (message) => message.type() === 'log');
  await page.goto(at);
  expect(`${(await printed).text()}\n`).toBe(says);
});
