import { join } from 'node:path';
import { webgpuFlags } from './chromium.mjs';
import { ensureChromium } from './installChromium.mjs';
import { root } from './root.mjs';

/**
 * Build a page of a folder; returns a server of it. Built and not served from source, so that nothing
 * reloads. `to`: a folder's name within `.cache`, a page each.
 * @param {{ folder: string, page: string, to: string, port: number }} what
 */
export const servePage = async ({ folder, page, to, port }) => {
  const vite = await import('vite');
  const inline = {
    ...{ configFile: /** @type {const} */ (false), root: folder },
    ...{ publicDir: join(root, 'public'), logLevel: /** @type {const} */ ('warn') },
    // A second copy of tfjs-core would have kernels and tensors of its own.
    resolve: { dedupe: ['@tensorflow/tfjs-core'] },
    // The engine's worker loads parts of itself.
    worker: { format: /** @type {const} */ ('es') },
    build: {
      ...{ outDir: join(root, '.cache', to), emptyOutDir: true, minify: false },
      ...{ target: 'es2022', chunkSizeWarningLimit: 10_000 },
      rollupOptions: { input: join(folder, page) },
    },
  };
  await vite.build(inline);
  const server = await vite.preview({ ...inline, preview: { host: '127.0.0.1', port } });
  return { url: new URL(page, server.resolvedUrls?.local[0]).href, close: () => server.close() };
};

/** A headless Chromium with WebGPU. */
export const launchChromium = async () => {
  const { chromium } = await import('playwright');
  return chromium.launch({ executablePath: ensureChromium(), args: webgpuFlags });
};

/**
 * Have `work` done on a folder's index.html, in a headless Chromium whose console is ours.
 * @template T
 * @param {{ folder: string, to: string, port: number }} what As of `servePage`.
 * @param {(page: import('playwright').Page) => Promise<T>} work
 */
export const onServedPage = async (what, work) => {
  const server = await servePage({ ...what, page: 'index.html' });
  try {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      page.on('console', (message) => {
        console.log(message.text());
      });
      page.on('pageerror', (error) => {
        console.error(error);
      });
      await page.goto(server.url);
      return await work(page);
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
  }
};
