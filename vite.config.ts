import { join, relative } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { buildInfo } from './scripts/buildInfo.mjs';
import { compressed } from './scripts/compressed.mjs';
import { d3 } from './scripts/d3.mjs';
import { formulas } from './scripts/formulas.mjs';
import { icons } from './scripts/icons.mjs';
import { lateHelp } from './scripts/lateHelp.mjs';
import { lateTables } from './scripts/lateTables.mjs';
import { licences } from './scripts/licences.mjs';
import { styleNames } from './scripts/styleNames.mjs';
import { tensorflowModules } from './scripts/tensorflow.mjs';

/**
 * `using` is compiled away, but its key is looked up at run time, and Safari has none. Belongs at
 * the head of whatever runs first: in a worker of every chunk, since chunks are evaluated before
 * those that import them; on the page of the entry alone, which imports no other chunk.
 */
const disposeSymbols = ['dispose', 'asyncDispose']
  .map((name) => `Symbol.${name} ??= Symbol.for('Symbol.${name}');`)
  .join('');

/**
 * Chats and social sites fetch a preview only from a whole address, which a build for any folder
 * of any host does not know: `SITE_URL` tells it.
 */
const wholePreviewAddress = (): Plugin => ({
  name: 'whole-preview-address',
  transformIndexHtml: (html) => {
    const site = process.env['SITE_URL'];
    return site ? html.replace('./preview.png', `${site.replace(/\/$/, '')}/preview.png`) : html;
  },
});

/** What the Solve and Train views do without, by how its path begins; of libraries they have their icons. */
const beyondViews = [
  'node_modules/',
  // Charts, which bring one.
  ...['app/charts/', 'app/figures/', 'app/ui/Popover.'],
  // Guides.
  ...['app/traces/', 'app/views/gallery/', 'app/views/learn/', 'app/views/tour/'],
  // Runs, sweeps, and links that few have.
  ...['src/runs/', 'app/store/runs/', 'app/views/runs/', 'app/views/compare/'],
  ...['app/store/sweeps/', 'app/views/sweeps/'],
  ...['src/schema/outcome', 'src/schema/link', 'app/store/link/', 'app/views/share/'],
  // What other families than the first draw with, and their controls.
  ...['PixelCanvas', 'matrix', 'ColourBar', 'curve', 'formatFigure', 'newestFigure'].map(
    (name) => `app/pictures/${name}`,
  ),
  ...['drawing', 'picture', 'BoundedSlider', 'WeightsRow'].map(
    (name) => `app/views/config/${name}`,
  ),
  ...['src/inputs/digits', 'src/inputs/pictures/'],
  // Instruments, which are taken up one at a time.
  'app/views/solve/insight/',
];

/** Whether a module is of the Solve and Train views themselves. */
const isShared = (id: string): boolean => {
  const path = relative(import.meta.dirname, id).replaceAll('\\', '/');
  return (
    /^node_modules\/lucide-react\/|^app\/charts\/stream\/points\.ts$/.test(path) ||
    !beyondViews.some((start) => path.startsWith(start))
  );
};

/** What takes the place of a library that brings more than our charts need. */
const chart = (file: string): string => join(import.meta.dirname, 'app/charts', file);

const { page: helpOfPage, worker: noHelp } = lateHelp();
const { page: licencesOfPage, worker: licencesOfWorkers } = licences();

/**
 * The model family that all modules of a chunk are of, whatever of inputs it brings along, or `digit` where those that tell
 * digits apart have it in common; undefined where there is no such one.
 */
function familyOfAll(modules: readonly string[]): string | undefined {
  const families = new Set(
    modules
      .filter((id) => !/\/src\/inputs\//.test(id))
      .map((id) => {
        const [, folder, file] = /\/src\/families\/(?:(\w+)\/|(digit)\w+\.ts$)/.exec(id) ?? [];
        return folder ?? file;
      }),
  );
  const [family] = families;
  return families.size === 1 ? family : undefined;
}

export default defineConfig({
  root: 'app',
  define: { __BUILD__: JSON.stringify(buildInfo()) },
  publicDir: '../public',
  // Relative by default, so that dist works from any folder of any host.
  base: process.env['BASE_PATH'] ?? './',
  plugins: [
    react(),
    formulas(),
    wholePreviewAddress(),
    compressed(),
    styleNames(),
    icons(),
    d3({ 'd3-interpolate': chart('interpolators.ts'), 'd3-format': chart('formats.ts') }),
    helpOfPage,
    lateTables(helpOfPage),
    licencesOfPage,
  ],
  // A second copy of tfjs-core would have kernels and tensors of its own.
  resolve: {
    dedupe: ['@tensorflow/tfjs-core'],
    alias: {
      'victory-vendor/d3-scale': chart('scales.ts'),
      'victory-vendor/d3-shape': chart('shapes.ts'),
      // For React before 18, which had no such hook of its own.
      'use-sync-external-store/shim/with-selector': 'use-sync-external-store/with-selector',
    },
  },
  optimizeDeps: { include: tensorflowModules() },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    // The first paint preloads no script; a late part comes without it too.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // The page names every file that may come later: dist/.vite/manifest.json says which is which.
        hashCharacters: 'base36',
        chunkFileNames: 'assets/[hash].js',
        assetFileNames: 'assets/[hash][extname]',
        intro: ({ isEntry }) => (isEntry ? disposeSymbols : ''),
        codeSplitting: {
          groups: [
            // What the first paint needs is one file: by itself the bundler makes thirty of it, one for each
            // set of late parts that share a piece, and each costs a request and a compressor that starts anew.
            { name: 'page', tags: ['$initial'] },
            // The rest of the family that the page begins with: what Learn needs, and no other family.
            {
              name: 'firstFamily',
              test: /[\\/]src[\\/](?:families[\\/](?:first|fill|language[\\/]presets)|schema[\\/]trainFields)\.ts$/,
            },
            // What the page does not begin with of other families' settings and presets, and what reads set-ups: see scripts/lateTables.mjs.
            {
              name: 'families',
              test: /[\\/](?:src|app)[\\/]families[\\/](?:whole\.ts|(?!language)\w+[\\/](?:settings|rules|presets|page)\.ts)$|[\\/]src[\\/]schema[\\/](?:hideParts|readExperiment|readField|typedNumber)\.ts$/,
            },
            // What drives engines, which the first solve waits for: not with all that late parts share.
            {
              name: 'solving',
              test: /[\\/]app[\\/]store[\\/]engine[\\/](?:solving|solveLane|lane|prepare|fold|restarts)\.ts$|[\\/]src[\\/]engine[\\/](?:client|heartbeat)\.ts$/,
            },
            // Recharts, with what every chart of it is made of.
            {
              name: 'charts',
              test: /[\\/]node_modules[\\/]recharts[\\/]|[\\/]app[\\/]charts[\\/](EndLabels|LogPlot|RateLine|chartParts)\.tsx$/,
              minShareCount: 2,
            },
            // Controls that families have in common: nobody needs them who looks at a text.
            {
              name: 'controls',
              test: /[\\/]app[\\/](?:views[\\/]config[\\/]BoundedSlider|pictures[\\/]newestFigure)/,
              minShareCount: 2,
            },
            // What late parts share, if it is small: fetched whole with the first of them.
            {
              name: (id, graph) =>
                graph.getModuleInfo(id)?.dynamicImporters.length ? null : 'shared',
              test: isShared,
              minShareCount: 2,
              maxModuleSize: 4000,
            },
          ],
        },
      },
    },
  },
  worker: {
    format: 'es',
    plugins: () => [noHelp, licencesOfWorkers()],
    rolldownOptions: {
      output: {
        intro: disposeSymbols,
        // Beside index.html, so that BASE_URL means the same folder in the worker as in the
        // page: `${import.meta.env.BASE_URL}wasm/` is right in both. Size limits go by the name.
        entryFileNames: 'engine-[hash].js',
        chunkFileNames: ({ name, moduleIds }) => {
          // What programs of several families have in common counts as one of them.
          if (moduleIds.every((id) => id.includes('.py?') || /[tT]orch\.ts$/.test(id)))
            return `engine-torch-${name}-[hash].js`;
          const family = name === 'torch' ? undefined : familyOfAll(moduleIds);
          return `engine-${family === undefined ? '' : `family-${family}-`}[name]-[hash].js`;
        },
      },
    },
  },
});
