import { join } from 'node:path';
import { root } from '../scripts/root.mjs';

/**
 * Build a page of a tree's `bench` folder; returns a server of it. Built and not served from source, so that
 * nothing reloads. `to`: a folder's name within `.cache`, a page each.
 * @param {{ tree: string, page: string, to: string, port: number }} what
 */
export const servePage = async ({ tree, page, to, port }) => {
  const vite = await import('vite');
  const inline = {
    ...{ configFile: /** @type {const} */ (false), root: join(tree, 'bench') },
    ...{ publicDir: join(root, 'public'), logLevel: /** @type {const} */ ('warn') },
    // A second copy of tfjs-core would have kernels and tensors of its own.
    resolve: { dedupe: ['@tensorflow/tfjs-core'] },
    build: {
      ...{ outDir: join(root, '.cache', to), emptyOutDir: true, minify: false },
      ...{ target: 'es2022', chunkSizeWarningLimit: 10_000 },
      rollupOptions: { input: join(tree, 'bench', page) },
    },
  };
  await vite.build(inline);
  const server = await vite.preview({ ...inline, preview: { host: '127.0.0.1', port } });
  return { url: new URL(page, server.resolvedUrls?.local[0]).href, close: () => server.close() };
};
