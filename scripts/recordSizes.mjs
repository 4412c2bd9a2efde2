/**
 * Meters every preset, or those that are named, in a headless Chromium, with fused kernels on WebGPU and with TensorFlow.js's own on the CPU,
 * and writes `app/traces/presetSizes.json`: what the page predicts memory from before an engine has opened a preset.
 * Run by `node scripts/recordSizes.mjs [preset …]`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { preview, build } from 'vite';
import { chromium } from 'playwright';
import { prepareAssets } from './assets.mjs';
import { webgpuFlags } from './chromium.mjs';
import { ensureChromium } from './installChromium.mjs';
import { root } from './root.mjs';

prepareAssets();
const inline = {
  ...{ configFile: /** @type {const} */ (false), root: join(root, 'scripts', 'recordSizes') },
  ...{ publicDir: join(root, 'public'), logLevel: /** @type {const} */ ('warn') },
  // A second copy of tfjs-core would have kernels and tensors of its own.
  resolve: { dedupe: ['@tensorflow/tfjs-core'] },
  build: {
    ...{ outDir: join(root, '.cache', 'sizes'), emptyOutDir: true, minify: false },
    ...{ target: 'es2022', chunkSizeWarningLimit: 10_000 },
  },
};
await build(inline);
const server = await preview({ ...inline, preview: { host: '127.0.0.1', port: 4410 } });
const browser = await chromium.launch({ executablePath: ensureChromium(), args: webgpuFlags });
try {
  const page = await browser.newPage();
  page.on('console', (message) => {
    console.log(message.text());
  });
  page.on('pageerror', (error) => {
    console.error(error);
  });
  await page.goto(server.resolvedUrls?.local[0] ?? '');
  const names = process.argv.slice(2);
  const sizes = await page.evaluate((only) => window.recordSizes(only), names);
  const file = join(root, 'app', 'traces', 'presetSizes.json');
  const others = names.length > 0 ? JSON.parse(readFileSync(file, 'utf8')) : {};
  writeFileSync(file, `${JSON.stringify({ ...others, ...sizes }, null, 2)}\n`);
} finally {
  await browser.close();
  await server.close();
}
