/**
 * Meters every preset, or those that are named, in a headless Chromium, with fused kernels on WebGPU and with TensorFlow.js's own on the CPU,
 * and writes `app/traces/presetSizes.json` and, of those that train, `trainingSizes.json`: what the page predicts memory from before an
 * engine has opened a preset.
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
/**
 * Sizes within sizes by their names with dots.
 * @param {object} of
 * @returns {Record<string, number>}
 */
const flat = (of) =>
  Object.fromEntries(
    Object.entries(of).flatMap(([name, size]) =>
      typeof size === 'number'
        ? [[name, size]]
        : Object.entries(flat(size)).map(([inner, one]) => [`${name}.${inner}`, one]),
    ),
  );

/**
 * Writes sizes into a file. The page loads it: the names of the fields and what presets have in common would be most of it. Sets of
 * sizes that no preset has any longer stay until all are metered anew.
 * @param {string} name of the file
 * @param {Record<string, { fused: object, stock: object } | undefined>} recorded by preset
 */
function pack(name, recorded) {
  const file = join(root, 'app', 'traces', name);
  /** @type {{ fields: string[], sets: unknown[][], presets: Record<string, number[]> }} */
  const packed =
    names.length > 0
      ? JSON.parse(readFileSync(file, 'utf8'))
      : { fields: [], sets: [], presets: {} };
  for (const [preset, metered] of Object.entries(recorded)) {
    if (!metered) continue;
    packed.presets[preset] = [metered.fused, metered.stock].map((each) => {
      const named = flat(each);
      // New fields come last, so that what was packed before keeps its order.
      packed.fields.push(...Object.keys(named).filter((key) => !packed.fields.includes(key)));
      const row = packed.fields.map((field) => named[field] ?? null);
      while (row.at(-1) === null) row.pop();
      const text = JSON.stringify(row);
      const at = packed.sets.findIndex((other) => JSON.stringify(other) === text);
      return at < 0 ? packed.sets.push(row) - 1 : at;
    });
  }
  writeFileSync(file, `${JSON.stringify(packed)}\n`);
}

pack('presetSizes.json', sizes);
pack(
  'trainingSizes.json',
  Object.fromEntries(Object.entries(sizes).map(([name, { training }]) => [name, training])),
);
