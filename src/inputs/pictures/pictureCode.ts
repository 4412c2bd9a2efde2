/**
 * Pictures as texts of a setting. One that comes with the page is its name, `balloon`, followed by what it is made
 * smaller or grey by: `balloon.32.grey`. The visitor's own is all of its pixels: `~`, then size and channels, then for
 * each number how far it is from what its neighbours let expect (the median predictor of LOCO-I; Weinberger, Seroussi,
 * Sapiro 2000), small differences as letters of one byte, so that what deflates a link finds little to keep.
 */
import { isKeptPicture, isOwnPicture, mark } from './marks.ts';
import type { Picture, PictureSize } from './picture.ts';

export { isKeptPicture, isOwnPicture } from './marks.ts';

/** A text that stands for a picture, read. */
export interface ReadPicture {
  /** The visitor's own. */
  readonly picture?: Picture;
  /** One that comes with the page, and what is made of it. */
  readonly builtIn?: {
    readonly name: string;
    readonly size: PictureSize;
    readonly channels: 1 | 3;
  };
  /** In words, why there is none. */
  readonly problem?: string;
}

const sizes: Readonly<Record<string, PictureSize>> = { s: 32, l: 64 };
const kinds: Readonly<Record<string, 1 | 3>> = { g: 1, c: 3 };

/** The text of a picture that comes with the page. */
export const builtInCode = (name: string, size: PictureSize, channels: 1 | 3): string =>
  [name, ...(size === 32 ? ['32'] : []), ...(channels === 1 ? ['grey'] : [])].join('.');

/** The text of a picture of the visitor's own. */
export function encodePicture({ size, channels, pixels }: Picture): string {
  const plane = (k: number): Int32Array =>
    Int32Array.from({ length: size * size }, (_, i) => {
      const value = pixels[i * channels + k] ?? 0;
      // Red and blue differ little from green; as signed bytes, since only the byte counts.
      return channels === 3 && k !== 1 ? signed(value - (pixels[i * channels + 1] ?? 0)) : value;
    });
  let code = mark + (size === 32 ? 's' : 'l') + (channels === 1 ? 'g' : 'c');
  for (let k = 0; k < channels; k++) {
    const values = plane(k);
    for (let i = 0; i < values.length; i++) {
      const off = (((values[i] ?? 0) - predicted(values, i, size) + 384) & 255) - 128;
      code += String.fromCharCode(letterOf(off < 0 ? -2 * off - 1 : 2 * off));
    }
  }
  return code;
}

/** The picture that a text stands for. Never throws: where there is none it says why. */
export function decodePicture(code: string): ReadPicture {
  if (!isOwnPicture(code)) return decodeName(code);
  const [size, channels] = [sizes[code.charAt(1)], kinds[code.charAt(2)]];
  const count = (size ?? 0) ** 2 * (channels ?? 0);
  if (!size || !channels || code.length !== 3 + count) return unreadable;
  const planes: Int32Array[] = [];
  for (let k = 0; k < channels; k++) {
    const values = new Int32Array(size * size);
    for (let i = 0; i < values.length; i++) {
      const z = numberOf(code.charCodeAt(3 + k * values.length + i));
      if (z === undefined) return unreadable;
      const off = z % 2 === 1 ? -(z + 1) / 2 : z / 2;
      const value = predicted(values, i, size) + off;
      values[i] = channels === 3 && k !== 1 ? signed(value) : value & 255;
    }
    planes.push(values);
  }
  const pixels = Uint8Array.from({ length: count }, (_, j) => {
    const [k, i] = [j % channels, Math.floor(j / channels)];
    const value = planes[k]?.[i] ?? 0;
    return (channels === 3 && k !== 1 ? value + (planes[1]?.[i] ?? 0) : value) & 255;
  });
  return { picture: { size, channels, pixels } };
}

const unreadable: ReadPicture = {
  problem: 'The picture in this set-up could not be read: it is damaged or was cut off.',
};

function decodeName(code: string): ReadPicture {
  if (isKeptPicture(code))
    return {
      problem: 'The picture of this set-up is not in it: whoever made it kept it to themselves.',
    };
  const [name = '', ...parts] = code.split('.');
  const known = parts.every((part) => part === '32' || part === 'grey');
  if (!/^[a-z][a-z0-9-]*$/.test(name) || !known) return unreadable;
  const size = parts.includes('32') ? 32 : 64;
  return { builtIn: { name, size, channels: parts.includes('grey') ? 1 : 3 } };
}

/** The signed byte that is as much, modulo 256. */
const signed = (value: number): number => (value << 24) >> 24;

/** What the numbers to the left and above let expect. */
function predicted(values: Int32Array, i: number, size: number): number {
  const [row, column] = [Math.floor(i / size), i % size];
  if (row === 0) return column === 0 ? 0 : (values[i - 1] ?? 0);
  const above = values[i - size] ?? 0;
  if (column === 0) return above;
  const [left, corner] = [values[i - 1] ?? 0, values[i - size - 1] ?? 0];
  const [least, most] = left < above ? [left, above] : [above, left];
  if (corner >= most) return least;
  return corner <= least ? most : left + above - corner;
}

/** Letters without quotation marks and the backslash, which JSON would write as two. */
function letterOf(z: number): number {
  if (z < 57) return 0x23 + z;
  return z < 91 ? 0x5d + z - 57 : 0xa1 + z - 91;
}
function numberOf(letter: number): number | undefined {
  if (letter >= 0x23 && letter <= 0x5b) return letter - 0x23;
  if (letter >= 0x5d && letter <= 0x7e) return letter - 0x5d + 57;
  const z = letter - 0xa1 + 91;
  return z >= 91 && z <= 255 ? z : undefined;
}
