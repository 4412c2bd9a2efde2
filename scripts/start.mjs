/**
 * `npm start`, and with a word `npm run dev | build | preview`: sets up what is missing, then
 * drives Vite. Vite is imported late, because it may not be installed when this file loads.
 */
import { prepareAssets } from './assets.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { root } from './root.mjs';

/** @param {string} url */
const announce = (url) => {
  console.log(`\nDEQ Playground is running at ${url}\nPress Ctrl-C to stop.`);
};

const [command = 'start'] = process.argv.slice(2);

try {
  process.chdir(root);
  ensureDependencies();
  prepareAssets();
  const vite = await import('vite');
  const inline = { configFile: `${root}/vite.config.ts` };
  if (command === 'start' || command === 'build') await vite.build(inline);
  if (command === 'start' || command === 'preview') {
    // Takes the next free port by itself when this one is in use.
    const server = await vite.preview({ ...inline, preview: { port: 4173 } });
    announce(server.resolvedUrls?.local[0] ?? 'http://localhost:4173/');
  }
  if (command === 'dev') {
    const server = await vite.createServer(inline);
    await server.listen();
    announce(server.resolvedUrls?.local[0] ?? 'http://localhost:5173/');
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
