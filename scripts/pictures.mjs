/** Packs the pictures that come with the page, 64 × 64 in colour, into one file; scripts/drawPictures.ts draws them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';

/** In the order of src/inputs/pictures/builtIns.ts. */
export const pictureNames = ['balloon', 'sunset', 'flower', 'fruit', 'reef', 'rose'];

const head = 'P6\n64 64\n255\n';

/**
 * Deflated: their pixels one after the other, three bytes each.
 * @param {string} folder Of the .ppm files.
 */
export function packPictures(folder) {
  const pictures = pictureNames.map((name) => {
    const file = readFileSync(join(folder, `${name}.ppm`));
    const pixels = file.subarray(head.length);
    if (file.toString('latin1', 0, head.length) !== head || pixels.length !== 64 * 64 * 3)
      throw new Error(`${name}.ppm is no picture of 64 × 64 pixels`);
    return pixels;
  });
  return deflateSync(Buffer.concat(pictures), { level: 9 });
}
