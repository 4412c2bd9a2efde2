import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as d3Shape from 'd3-shape';
import { expect, it } from 'vitest';
import { shakeable } from './d3.mjs';

const { resolve } = createRequire(import.meta.url);
const text = readFileSync(resolve('d3-shape'), 'utf8');

it('makes classes of d3-shape one statement each, and marks calls as without effect', () => {
  // Otherwise the package is written in another way now, and a build has all of it again.
  expect(text).toMatch(/^Linear\.prototype = \{$/m);
  expect(shakeable(text)).toMatch(/^var Linear = \/\* @__PURE__ \*\/ \(\(\) => \{$/m);
  expect(shakeable(text)).toMatch(/^var cardinal = \/\* @__PURE__ \*\/ \(function custom/m);
});

it('changes nothing of what d3-shape draws', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'd3-'));
  try {
    const file = join(folder, 'shape.mjs');
    writeFileSync(
      file,
      shakeable(text).replace("'d3-path'", `'${pathToFileURL(resolve('d3-path')).href}'`),
    );
    const shaken = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as typeof d3Shape;
    const points: [number, number][] = [
      [0, 3],
      [2, 1],
      [5, 4],
      [6, 4],
      [9, 0],
    ];
    const curves = Object.keys(d3Shape).filter((name) => /^curve(?!Bundle|Radial)/.test(name));
    expect(curves.length).toBeGreaterThan(15);
    const drawn = (by: typeof d3Shape) =>
      curves.map((name) => by.line().curve(by[name as 'curveLinear'])(points));
    expect(drawn(shaken)).toEqual(drawn(d3Shape));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
