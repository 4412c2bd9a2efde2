import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { root } from './root.mjs';

const cli = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const config = join(root, '.dependency-cruiser.cjs');
let tree = '';

/** Write a stub tree, cruise it by the repository's rules, and name what they found. */
async function violations(files: Readonly<Record<string, string>>): Promise<string[]> {
  tree = mkdtempSync(join(tmpdir(), 'boundaries-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(tree, dirname(name)), { recursive: true });
    writeFileSync(join(tree, name), content);
  }
  const args = [cli, 'src', 'app', '--config', config, '--output-type', 'json'];
  // The exit code is the number of errors, so a rejection carries the report too.
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: tree }).catch(
    (error: unknown) => error as { stdout: string },
  );
  const { summary } = JSON.parse(stdout) as {
    summary: { violations: { from: string; to: string; rule: { name: string } }[] };
  };
  return summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`).sort();
}

afterEach(() => {
  rmSync(tree, { recursive: true, force: true });
});

/** One file in each layer, none importing another. */
const layers = ['tf', 'config', 'data', 'ops', 'solvers', 'cells', 'gradients', 'model', 'train'];
const stubs = Object.fromEntries(
  [...layers, 'engine'].map((layer) => [`src/${layer}/a.ts`, 'export type A = 1;\n']),
);
const clean = {
  ...stubs,
  'src/index.ts': "export * from './tf/a.ts';\nexport * from './engine/protocol.ts';\n",
  'src/tf/tensor.ts': "import * as core from '@tensorflow/tfjs-core';\nexport const t = core;\n",
  'src/ops/wgsl/w.ts': "import type { T } from '@tensorflow/tfjs-core';\nexport type W = T;\n",
  'src/solvers/b.ts': "export type { A } from '../tf/a.ts';\nexport * from './a.ts';\n",
  'src/engine/client.ts': "export type { A } from './a.ts';\n",
  'src/engine/protocol.ts': layers.map((l) => `export * from '../${l}/a.ts';\n`).join(''),
  'src/config/a.test.ts': "import '../engine/a.ts';\n",
  'app/main.tsx':
    "import 'react';\nimport '../src/engine/client.ts';\nimport '../src/config/a.ts';\n",
};

test('a tree that keeps the rules passes', async () => {
  expect(await violations(clean)).toEqual([]);
});

test('each planted violation is reported under its rule, and nothing else is', async () => {
  const planted = {
    'src/data/one.ts': "import './two.ts';\n",
    'src/data/two.ts': "import './one.ts';\n",
    'src/other/a.ts': 'export type A = 1;\n',
    'src/index.ts': "export * from './other/a.ts';\n",
    'src/tf/up.ts': "import type { A } from '../ops/a.ts';\nexport type B = A;\n",
    'src/config/side.ts': "import '../tf/a.ts';\n",
    'src/data/side.ts': "import '../config/a.ts';\n",
    'src/ops/side.ts': "import '../solvers/a.ts';\n",
    'src/solvers/face.ts': "import '../index.ts';\n",
    'src/cells/side.ts': "import '../gradients/a.ts';\n",
    'src/gradients/up.ts': "import '../model/a.ts';\n",
    'src/model/up.ts': "import '../train/a.ts';\n",
    'src/train/up.ts': "import '../engine/a.ts';\n",
    'src/engine/page.ts': "import '../../app/page.tsx';\n",
    'src/cells/tfjs.ts': "import type { T } from '@tensorflow/tfjs-core';\nexport type U = T;\n",
    'src/model/react.ts': ['react', 'react-dom/client', 'zustand', 'recharts', 'sonner']
      .map((name) => `import '${name}';\n`)
      .join(''),
    'src/model/icons.ts': "import type { X } from 'lucide-react';\nexport type Y = X;\n",
    'app/page.tsx': "import '../src/engine/session.ts';\nimport '@tensorflow/tfjs-core';\n",
    'src/engine/session.ts': 'export type S = 1;\n',
    'app/face.ts': "import type { A } from '../src/index.ts';\nexport type B = A;\n",
  };
  const found = await violations({ ...clean, ...planted });
  expect(found).toEqual(
    [
      'app-sees-only-the-client: app/face.ts -> src/index.ts',
      'app-sees-only-the-client: app/page.tsx -> src/engine/session.ts',
      'engine-is-framework-free: src/model/icons.ts -> lucide-react',
      'engine-is-framework-free: src/model/react.ts -> react',
      'engine-is-framework-free: src/model/react.ts -> react-dom/client',
      'engine-is-framework-free: src/model/react.ts -> recharts',
      'engine-is-framework-free: src/model/react.ts -> sonner',
      'engine-is-framework-free: src/model/react.ts -> zustand',
      'engine-knows-no-app: src/engine/page.ts -> app/page.tsx',
      'known-layers: src/index.ts -> src/other/a.ts',
      'layer-cells: src/cells/side.ts -> src/gradients/a.ts',
      'layer-config: src/config/side.ts -> src/tf/a.ts',
      'layer-data: src/data/side.ts -> src/config/a.ts',
      'layer-gradients: src/gradients/up.ts -> src/model/a.ts',
      'layer-model: src/model/up.ts -> src/train/a.ts',
      'layer-ops: src/ops/side.ts -> src/solvers/a.ts',
      'layer-solvers: src/solvers/face.ts -> src/index.ts',
      'layer-tf: src/tf/up.ts -> src/ops/a.ts',
      'layer-train: src/train/up.ts -> src/engine/a.ts',
      'no-circles: src/data/one.ts -> src/data/two.ts',
      'one-door-to-tfjs: app/page.tsx -> @tensorflow/tfjs-core',
      'one-door-to-tfjs: src/cells/tfjs.ts -> @tensorflow/tfjs-core',
    ].sort(),
  );
});
