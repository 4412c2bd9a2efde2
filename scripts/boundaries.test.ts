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
const layers = [
  'tf',
  'data',
  'inputs',
  'ops',
  'schema',
  'runs',
  'numerics',
  'memory',
  'implicit',
  'families',
  'train',
];
const stubs = Object.fromEntries(
  [...layers, 'engine'].map((layer) => [`src/${layer}/a.ts`, 'export type A = 1;\n']),
);
const clean = {
  ...stubs,
  'src/index.ts': "export * from './tf/a.ts';\nexport * from './engine/protocol/protocol.ts';\n",
  'src/tf/tensor.ts': "import * as core from '@tensorflow/tfjs-core';\nexport const t = core;\n",
  'src/ops/wgsl/w.ts': "import type { T } from '@tensorflow/tfjs-core';\nexport type W = T;\n",
  'src/numerics/b.ts': "export type { A } from '../tf/a.ts';\nexport * from './a.ts';\n",
  'src/engine/client.ts': "export type { A } from './a.ts';\n",
  'src/engine/protocol/protocol.ts': layers
    .map((l) => `export * from '../../${l}/a.ts';\n`)
    .join(''),
  'src/schema/a.test.ts': "import '../engine/a.ts';\n",
  'app/main.tsx':
    "import 'react';\nimport '../src/engine/client.ts';\nimport '../src/schema/a.ts';\n",
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
    'src/schema/tensors.ts': "import '../tf/a.ts';\n",
    'src/families/one/settings.ts': "import '../a.ts';\n",
    'src/schema/table.ts': "import '../families/one/settings.ts';\n",
    'src/data/side.ts': "import '../tf/a.ts';\n",
    'src/runs/up.ts': "import '../numerics/a.ts';\n",
    'src/ops/side.ts': "import '../inputs/a.ts';\n",
    'src/numerics/face.ts': "import '../index.ts';\n",
    'src/memory/side.ts': "import '../implicit/a.ts';\n",
    'src/implicit/up.ts': "import '../families/a.ts';\n",
    'src/families/up.ts': "import '../train/a.ts';\n",
    'src/train/up.ts': "import '../engine/a.ts';\n",
    'src/engine/page.ts': "import '../../app/page.tsx';\n",
    'src/families/tfjs.ts': "import type { T } from '@tensorflow/tfjs-core';\nexport type U = T;\n",
    'src/families/react.ts': ['react', 'react-dom/client', 'zustand', 'recharts']
      .map((name) => `import '${name}';\n`)
      .join(''),
    'src/families/icons.ts': "import type { X } from 'lucide-react';\nexport type Y = X;\n",
    'app/page.tsx': "import '../src/engine/session.ts';\nimport '@tensorflow/tfjs-core';\n",
    'src/engine/session.ts': 'export type S = 1;\n',
    'app/face.ts': "import type { A } from '../src/index.ts';\nexport type B = A;\n",
  };
  const found = await violations({ ...clean, ...planted });
  expect(found).toEqual(
    [
      'app-sees-only-the-client: app/face.ts -> src/index.ts',
      'app-sees-only-the-client: app/page.tsx -> src/engine/session.ts',
      'engine-is-framework-free: src/families/icons.ts -> lucide-react',
      'engine-is-framework-free: src/families/react.ts -> react',
      'engine-is-framework-free: src/families/react.ts -> react-dom/client',
      'engine-is-framework-free: src/families/react.ts -> recharts',
      'engine-is-framework-free: src/families/react.ts -> zustand',
      'engine-knows-no-app: src/engine/page.ts -> app/page.tsx',
      'known-layers: src/index.ts -> src/other/a.ts',
      'layer-data: src/data/side.ts -> src/tf/a.ts',
      'layer-families: src/families/up.ts -> src/train/a.ts',
      'layer-implicit: src/implicit/up.ts -> src/families/a.ts',
      'layer-memory: src/memory/side.ts -> src/implicit/a.ts',
      'layer-numerics: src/numerics/face.ts -> src/index.ts',
      'layer-ops: src/ops/side.ts -> src/inputs/a.ts',
      'layer-runs: src/runs/up.ts -> src/numerics/a.ts',
      'plain-data-knows-no-tensors: src/data/side.ts -> src/tf/a.ts',
      'plain-data-knows-no-tensors: src/families/one/settings.ts -> src/families/a.ts',
      'plain-data-knows-no-tensors: src/memory/side.ts -> src/implicit/a.ts',
      'plain-data-knows-no-tensors: src/runs/up.ts -> src/numerics/a.ts',
      'plain-data-knows-no-tensors: src/schema/tensors.ts -> src/tf/a.ts',
      'layer-tf: src/tf/up.ts -> src/ops/a.ts',
      'layer-train: src/train/up.ts -> src/engine/a.ts',
      'no-circles: src/data/one.ts -> src/data/two.ts',
      'one-door-to-tfjs: app/page.tsx -> @tensorflow/tfjs-core',
      'one-door-to-tfjs: src/families/tfjs.ts -> @tensorflow/tfjs-core',
    ].sort(),
  );
});
