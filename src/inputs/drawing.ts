/**
 * Drawings of 28 × 28 grey pixels as short texts that links can hold: 16 levels, in runs. A run is one number of eight
 * bits, its level and for how many of up to sixteen pixels it goes on. Base64url.
 */

/** Pixels along a side. */
export const drawingSide = 28;
/** Pixels of a drawing. */
export const drawingSize = drawingSide * drawingSide;
/** Levels of grey are 0 (blank) … 15. */
const levels = 15;
/** Characters of the longest code there is: no two pixels alike. */
export const longestDrawing = Math.ceil((drawingSize * 4) / 3);

/** A seven that is held out of training, as a code: what families that look at a digit begin with. */
export const heldOutSeven =
  'Dw8PDw8PDw8PDw8PCoDxiQ78gA38gA6E9kAPBvKwDwaA8g8GQPKADwaA8g8HsPGADwaw8YAPB_IPCPGwDwew8UAPBoDxgA8HsPGADwZA8g8HsPGADwfxsA8HgPFADwew8EA';

/** A drawing, row by row, 0 (blank) … 1; and in words what was wrong with its code. */
export interface Drawing {
  readonly pixels: Float32Array;
  readonly problem?: string;
}

/** The code of a drawing; two characters for a blank one, since settings are never empty. What is beyond 0 … 1 is cut off, and NaN is blank. */
export function encodeDrawing(pixels: ArrayLike<number>): string {
  const grey = Array.from({ length: drawingSize }, (_, i) => levelOf(pixels[i] ?? 0));
  const end = Math.max(1, grey.findLastIndex((level) => level > 0) + 1);
  const runs: number[] = [];
  for (let i = 0; i < end;) {
    const level = grey[i] ?? 0;
    let length = 1;
    while (length < 16 && i + length < end && grey[i + length] === level) length++;
    runs.push(level * 16 + length - 1);
    i += length;
  }
  return toBase64(runs);
}

/** The drawing of a code. Never throws: what makes no sense is left blank and said. */
export function decodeDrawing(code: string): Drawing {
  const pixels = new Float32Array(drawingSize);
  if (code === '') return { pixels };
  const runs = fromBase64(code);
  if (!runs)
    return {
      pixels,
      problem: 'The drawing in this set-up could not be read; the canvas is blank.',
    };
  let at = 0;
  for (const run of runs) {
    const length = (run % 16) + 1;
    pixels.fill(Math.floor(run / 16) / levels, at, at + length);
    at += length;
  }
  if (at <= drawingSize) return { pixels };
  const problem = `The drawing in this set-up has more than ${String(drawingSize)} pixels; the rest was left out.`;
  return { pixels, problem };
}

/** Nearest level of grey. */
function levelOf(value: number): number {
  if (!(value > 0)) return 0;
  return Math.round(Math.min(1, value) * levels);
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function toBase64(bytes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const three = bytes.slice(i, i + 3);
    const word = ((three[0] ?? 0) << 16) | ((three[1] ?? 0) << 8) | (three[2] ?? 0);
    for (let k = 0; k <= three.length; k++) text += alphabet.charAt((word >> (18 - 6 * k)) & 63);
  }
  return text;
}

/** Bytes of a text; undefined where it has other characters or ends within a byte. */
function fromBase64(text: string): number[] | undefined {
  const values = Array.from(text, (character) => alphabet.indexOf(character));
  if (values.includes(-1) || values.length % 4 === 1) return undefined;
  const bytes: number[] = [];
  for (let i = 0; i < values.length; i += 4) {
    const four = values.slice(i, i + 4);
    const word = four.reduce((sum, value, k) => sum | (value << (18 - 6 * k)), 0);
    for (let k = 0; k < four.length - 1; k++) bytes.push((word >> (16 - 8 * k)) & 255);
  }
  return bytes;
}
