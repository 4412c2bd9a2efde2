/** Builds scripts/recordTraces.ts for Node and runs it: Vite knows TypeScript and tfjs's modules. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

await build({
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  // One copy of tfjs-core: its ES modules, which Node itself cannot load.
  resolve: { mainFields: ['module', 'main'] },
  ssr: { noExternal: true, resolve: { mainFields: ['module', 'main'] } },
  build: {
    ssr: 'scripts/recordTraces.ts',
    outDir: '.cache/record',
    // Node 20 has no `using`.
    target: 'es2022',
    emptyOutDir: true,
  },
});
// tfjs's module for Node calls a CommonJS function.
globalThis.require = createRequire(import.meta.url);
await import(pathToFileURL('.cache/record/recordTraces.js').href);
