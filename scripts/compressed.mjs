import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** What is text, and the name a browser knows it by. */
const types = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.wasm': 'application/wasm',
};

/**
 * Has the built page served compressed, as any host of static files does: Vite's own server sends it as it is, three
 * times as much.
 *
 * @returns {import('vite').Plugin}
 */
export function compressed() {
  return {
    name: 'compressed-preview',
    configurePreviewServer(server) {
      const { root, base, build } = server.config;
      const folder = join(root, build.outDir);
      /** @type {Map<string, { at: number, body: Buffer }>} */
      const made = new Map();
      server.middlewares.use((request, response, next) => {
        const url = new URL(request.url ?? '/', 'http://page');
        const within = base.startsWith('/')
          ? url.pathname.slice(base.length)
          : url.pathname.slice(1);
        const file = join(folder, decodeURIComponent(within) || 'index.html');
        const type = types[/** @type {keyof typeof types} */ (extname(file))];
        const accepts = /\bgzip\b/.test(String(request.headers['accept-encoding']));
        if (!type || !accepts || request.method !== 'GET' || request.headers.range) return next();
        if (!file.startsWith(folder) || !existsSync(file)) return next();
        const at = statSync(file).mtimeMs;
        const kept = made.get(file);
        const body = kept?.at === at ? kept.body : gzipSync(readFileSync(file));
        made.set(file, { at, body });
        response.setHeader('Content-Type', type);
        response.setHeader('Content-Encoding', 'gzip');
        response.setHeader('Content-Length', body.length);
        response.setHeader('Cache-Control', 'no-cache');
        response.end(body);
      });
    },
  };
}
