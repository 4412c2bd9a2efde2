/**
 * Draws the pictures that come with the page, each pixel the mean light of 8 × 8 places in it:
 * `node scripts/run.mjs scripts/drawPictures.ts`. The files are committed, since the page's weights have learnt these very
 * pixels.
 */
import { writeFile } from 'node:fs/promises';
import { balloon } from './pictures/balloon.ts';
import { flower } from './pictures/flower.ts';
import { fruit } from './pictures/fruit.ts';
import type { Scene } from './pictures/light.ts';
import { reef } from './pictures/reef.ts';
import { rose } from './pictures/rose.ts';
import { sunset } from './pictures/sunset.ts';

const size = 64;
const fine = 8;

/** A linear value from 0 to 1 as a byte of sRGB. */
const encoded = (v: number): number =>
  Math.round(255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055));

/** The mean light of a pixel. */
function pixelOf(scene: Scene, row: number, column: number): readonly number[] {
  const sum = [0, 0, 0];
  const place = (cell: number, part: number): number => (cell + (part + 0.5) / fine) / size;
  for (let i = 0; i < fine; i++)
    for (let j = 0; j < fine; j++)
      for (const [k, value] of scene(place(column, j), place(row, i)).entries())
        sum[k] = (sum[k] ?? 0) + Math.min(1, Math.max(0, value));
  return sum.map((value) => encoded(value / fine ** 2));
}

for (const [name, scene] of Object.entries({ balloon, sunset, flower, fruit, reef, rose })) {
  const pixels = Array.from({ length: size * size }, (_, i) =>
    pixelOf(scene, Math.floor(i / size), i % size),
  );
  const head = Buffer.from(`P6\n${String(size)} ${String(size)}\n255\n`);
  await writeFile(
    `scripts/pictures/${name}.ppm`,
    Buffer.concat([head, Buffer.from(pixels.flat())]),
  );
}
