/**
 * Builds a TypeScript file for Node and runs it: `node scripts/run.mjs scripts/recordTraces.ts`.
 * Vite knows TypeScript and tfjs's modules.
 */
import { basename } from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

const [script] = process.argv.slice(2);
if (!script)
  throw new Error('Say which script to run: node scripts/run.mjs scripts/recordTraces.ts');
const name = basename(script, '.ts');
const outDir = `.cache/run/${name}`;

await build({
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  // One copy of tfjs-core: its ES modules, which Node itself cannot load.
  resolve: { mainFields: ['module', 'main'] },
  ssr: { noExternal: true, resolve: { mainFields: ['module', 'main'] } },
  build: {
    ssr: script,
    outDir,
    // Node 20 has no `using`.
    target: 'es2022',
    emptyOutDir: true,
  },
});
// tfjs's modules for Node call CommonJS functions.
const require = createRequire(import.meta.url);
Object.assign(globalThis, {
  require,
  __dirname: import.meta.dirname,
  __filename: import.meta.filename,
});
process.argv.splice(1, 2, script);
await import(pathToFileURL(`${outDir}/${name}.js`).href);
