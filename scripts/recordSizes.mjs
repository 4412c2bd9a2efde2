/**
 * Meters every preset, or those that are named, in a headless Chromium, with fused kernels on WebGPU and with TensorFlow.js's own on the CPU,
 * and writes `app/traces/presetSizes.json`: what the page predicts memory from before an engine has opened a preset.
 * Run by `node scripts/recordSizes.mjs [preset …]`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareAssets } from './assets.mjs';
import { root } from './root.mjs';
import { onServedPage } from './servePage.mjs';

prepareAssets();
const names = process.argv.slice(2);
const sizes = await onServedPage(
  { folder: join(root, 'scripts', 'recordSizes'), to: 'sizes', port: 4410 },
  (page) => page.evaluate((only) => window.recordSizes(only), names),
);
const file = join(root, 'app', 'traces', 'presetSizes.json');
const others = names.length > 0 ? JSON.parse(readFileSync(file, 'utf8')) : {};
writeFileSync(file, `${JSON.stringify({ ...others, ...sizes }, null, 2)}\n`);
