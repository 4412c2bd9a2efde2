/** What of TensorFlow.js is imported, found by reading the source: a list kept by hand would go stale. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/**
 * Every module of @tensorflow that src and test name, deep ones too. Whoever bundles them ahead must
 * bundle all of them together: one left out brings a second copy of tfjs-core along.
 */
export const tensorflowModules = () => {
  const files = ['src', 'test'].flatMap((folder) => {
    const at = join(root, folder);
    if (!existsSync(at)) return [];
    return readdirSync(at, { recursive: true, encoding: 'utf8' }).map((file) => join(at, file));
  });
  const found = files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .flatMap((text) => [...text.matchAll(/['"](@tensorflow\/[^'"]+)['"]/g)])
    .flatMap(([, name]) => name ?? []);
  return [...new Set(found)].sort();
};
