import { drawingSide, drawingSize } from '../../../../src/inputs/drawing.ts';

/** A place on the canvas, in pixels of the drawing: 0 is the left or upper edge of the first one. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Radius of what is fully inked, and how far beyond it ink fades: strokes of MNIST are about two pixels wide. */
const CORE = 0.75;
const FADE = 1;

/** How dark a pixel is at so far from the middle of the stroke. */
const inkAt = (distance: number): number =>
  Math.min(1, Math.max(0, (CORE + FADE - distance) / FADE));

/** How far a spot is from the straight line between two. */
function distanceTo(spot: Spot, from: Spot, to: Spot): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along =
    length === 0
      ? 0
      : Math.min(1, Math.max(0, ((spot.x - from.x) * dx + (spot.y - from.y) * dy) / length));
  return Math.hypot(spot.x - from.x - along * dx, spot.y - from.y - along * dy);
}

/** The drawing with a stroke from one spot to another: never paler than it was. With `erase`, what it covers is blank. */
export function stroke(
  pixels: Float32Array,
  from: Spot,
  to: Spot,
  erase = false,
): Float32Array<ArrayBuffer> {
  const next = new Float32Array(pixels);
  const reach = CORE + FADE;
  const [left, right] = [Math.min(from.x, to.x) - reach, Math.max(from.x, to.x) + reach];
  const [top, bottom] = [Math.min(from.y, to.y) - reach, Math.max(from.y, to.y) + reach];
  const within = (value: number): number =>
    Math.min(drawingSide - 1, Math.max(0, Math.floor(value)));
  for (let row = within(top); row <= within(bottom); row++)
    for (let column = within(left); column <= within(right); column++) {
      const ink = inkAt(distanceTo({ x: column + 0.5, y: row + 0.5 }, from, to));
      const cell = row * drawingSide + column;
      const old = next[cell] ?? 0;
      next[cell] = erase ? Math.min(old, 1 - ink) : Math.max(old, ink);
    }
  return next;
}

/** The drawing with one pixel the other way: inked where it was blank or pale, blank where it was dark. */
export function toggle(pixels: Float32Array, cell: number): Float32Array<ArrayBuffer> {
  const next = new Float32Array(pixels);
  next[cell] = (next[cell] ?? 0) >= 0.5 ? 0 : 1;
  return next;
}

/** A blank canvas. */
export const blank = (): Float32Array<ArrayBuffer> => new Float32Array(drawingSize);

/** What a drawing is, in a few words. */
export function drawingWords(pixels: Float32Array): string {
  const inked = pixels.reduce((count, grey) => count + (grey > 0 ? 1 : 0), 0);
  if (inked === 0) return 'blank';
  return inked === 1 ? '1 pixel drawn' : `${inked} pixels drawn`;
}
