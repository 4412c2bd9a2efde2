/**
 * Makes the library: `lib/`, a package of its own with the engine, its types, the guide and, by `--reference`, a
 * reference of everything that `src/index.ts` exports. `npm pack ./lib` makes the tarball of it.
 *
 * TensorFlow.js stays outside: tensors of a second copy would be strangers to the first one's.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from './root.mjs';

const lib = join(root, 'lib');
/** @type {{ version: string, description: string, license: string, engines: object, dependencies: Record<string, string> }} */
const whole = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** What the engine imports of other packages. */
const outside = ['core', 'backend-cpu', 'backend-wasm', 'backend-webgpu'].map(
  (part) => `@tensorflow/tfjs-${part}`,
);
const helpers = ['ml-matrix', 'pure-rand'];

/** @param {readonly string[]} names @param {string} [range] */
const versions = (names, range = '') =>
  Object.fromEntries(names.map((name) => [name, `${range}${whole.dependencies[name]}`]));

rmSync(lib, { recursive: true, force: true });
await build({
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  root,
  build: {
    // Node 20 has no `using`.
    ...{ target: 'es2022', minify: false, outDir: lib },
    lib: { entry: join(root, 'src/index.ts'), formats: ['es'], fileName: 'index' },
    rolldownOptions: {
      external: [...outside, ...helpers, /^pure-rand\//],
      output: { chunkFileNames: 'parts/[name]-[hash].js' },
    },
  },
});

/** Runs a tool of a package that is installed here; throws where it fails. @param {string} tool @param {readonly string[]} args */
const run = (tool, args) => {
  // Its file is not among what the package exports.
  const file = join(root, 'node_modules', tool);
  const { status } = spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${tool} ended with ${String(status)}.`);
};

run('typescript/bin/tsc', ['-p', 'tsconfig.lib.json']);
const types = join(lib, 'types');
for (const name of readdirSync(types, { recursive: true, encoding: 'utf8' }))
  if (name.endsWith('.d.ts')) {
    const file = join(types, name);
    // TypeScript writes the source's extensions, which only some of its settings allow a package.
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replaceAll(
        /(from '\.[^']*|import\("\.[^"]*)\.ts(?=['"])/g,
        '$1.js',
      ),
    );
  }

writeFileSync(
  join(lib, 'package.json'),
  `${JSON.stringify(
    {
      name: 'deq-playground',
      version: whole.version,
      description:
        'Deep equilibrium models on TensorFlow.js: fixed-point solvers, implicit gradients, small model families.',
      license: whole.license,
      type: 'module',
      engines: whole.engines,
      exports: { '.': { types: './types/index.d.ts', default: './index.js' } },
      sideEffects: true,
      peerDependencies: versions(outside, '^'),
      dependencies: versions(helpers),
    },
    null,
    2,
  )}\n`,
);
cpSync(join(root, 'docs/library.md'), join(lib, 'README.md'));
cpSync(join(root, 'LICENSE'), join(lib, 'LICENSE'));

if (process.argv.includes('--reference'))
  run('typedoc/bin/typedoc', [
    ...['--plugin', 'typedoc-plugin-markdown', '--entryPoints', 'src/index.ts'],
    ...['--tsconfig', 'tsconfig.lib.json', '--out', 'lib/reference', '--readme', 'none'],
    ...['--name', 'DEQ Playground, the library', '--router', 'kind', '--hideBreadcrumbs', 'true'],
    ...[
      '--disableSources',
      'true',
      '--treatWarningsAsErrors',
      'true',
      '--validation.notExported',
      'false',
    ],
  ]);
