/** Shapes drawn by code on the canvas of `drawing.ts`, and how a picture of one is spoilt: what masks are learnt from. */
import { createRandom, type Random } from '../data/random.ts';
import { drawingSide, drawingSize } from './drawing.ts';

/** Kinds of shape; a stroke is what a pen leaves. */
export const shapeKinds = ['disc', 'square', 'triangle', 'ring', 'stroke'] as const;
export type ShapeKind = (typeof shapeKinds)[number];

/** A ring that is held out of training, as a code of `drawing.ts`: what the page begins with. */
export const heldOutRing =
  'Dw8PDw8PDw8PB3Cg88BwIA8AUND30HAOgPugDFD9oAog9MBQIABQwPQwCaDzcAVQ88AIIPOAB3DzMAdQ8yAI0PJwB4DyoAmg8qAHoPKgCVDyoAeg8qAJoPKgB1DzCcDygAcg83AHUPMwCMDzUAUw0PLQCTD0gDABIID0UAqA_aAMoPugDnD5gA8AIIDQ89CAIA8FUQ';

/** Places along a side of a pixel at which it is asked whether the shape covers it. */
const fine = 3;

type Covers = (x: number, y: number) => boolean;

/**
 * A shape of that kind, of a size, place and angle that `chance` draws: the share of each pixel that it covers, 0 … 1,
 * row by row. It lies within the canvas.
 */
export function drawShape(kind: ShapeKind, chance: Random): Float32Array {
  const between = (low: number, high: number): number => low + (high - low) * chance.next();
  const radius = between(6, 10);
  const room = drawingSide / 2 - radius - 1;
  const at = (): number => drawingSide / 2 + between(-room, room);
  const [cx, cy] = [at(), at()];
  const angle = between(0, 2 * Math.PI);
  const covers = coversOf[kind](radius, between);
  const pixels = new Float32Array(drawingSize);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (let pixel = 0; pixel < drawingSize; pixel++) {
    let inside = 0;
    for (let i = 0; i < fine; i++)
      for (let j = 0; j < fine; j++) {
        const x = (pixel % drawingSide) + (i + 0.5) / fine - cx;
        const y = Math.floor(pixel / drawingSide) + (j + 0.5) / fine - cy;
        if (covers(cos * x + sin * y, cos * y - sin * x)) inside++;
      }
    pixels[pixel] = inside / fine ** 2;
  }
  return pixels;
}

/** Shape `label` of a part, the same every time; parts share none: what is learnt from, held out, or picked on the page. */
export const shapeOfPart = (
  kind: ShapeKind,
  part: 'learnt' | 'held out' | 'picked',
  label: string,
): Float32Array => drawShape(kind, createRandom(0).fork(part).fork(label));

/** Whether a place, seen from the shape's middle, is part of it; within the circle of `radius`. */
const coversOf: Readonly<
  Record<ShapeKind, (radius: number, between: (low: number, high: number) => number) => Covers>
> = {
  disc: (radius) => (x, y) => Math.hypot(x, y) <= radius,
  square: (radius) => (x, y) => Math.max(Math.abs(x), Math.abs(y)) <= radius / Math.SQRT2,
  triangle: (radius) => (x, y) =>
    [0, 1, 2].every((side) => {
      const towards = (2 * Math.PI * side) / 3;
      return Math.cos(towards) * x + Math.sin(towards) * y <= radius / 2;
    }),
  ring: (radius, between) => {
    const inner = radius * between(0.45, 0.6);
    return (x, y) => Math.hypot(x, y) <= radius && Math.hypot(x, y) >= inner;
  },
  stroke: (radius, between) => {
    const half = between(1.3, 2.2);
    const reach = radius - half;
    const bend = between(-0.9, 0.9) * reach;
    // A parabola through (−reach, 0) and (reach, 0), whose middle is off by the bend.
    const spine = Array.from({ length: 17 }, (_, i) => {
      const t = i / 8 - 1;
      return [t * reach, bend * (0.5 - t * t)] as const;
    });
    return (x, y) => spine.some(([px, py]) => Math.hypot(x - px, y - py) <= half);
  },
};

/** How a picture is spoilt. */
export interface Spoiling {
  /** Standard deviation of what is added to every pixel. */
  readonly noise: number;
  /** Width of the bar that lies over the shape, as a share of the picture's side; 0 for none. */
  readonly occlusion: number;
}

/** The grey of the bar: half of the way from the ground, 0, to shapes, 1. */
const barGrey = 0.5;

/** What chance decides of how a picture is spoilt, whatever the amounts: a number for each pixel. */
export interface Chances {
  /** How far a pixel is from the bar's middle line, in pixels. */
  readonly bar: Float32Array;
  /** Its noise, of deviation 1. */
  readonly normal: Float32Array;
}

/** Draws a bar at any angle through near the middle of what is drawn, and the noise. */
export function drawChances(pixels: ArrayLike<number>, chance: Random): Chances {
  const angle = Math.PI * chance.next();
  const [nx, ny] = [Math.cos(angle), Math.sin(angle)];
  const [cx, cy] = middleOf(pixels);
  const off = 4 * (chance.next() - 0.5);
  return {
    bar: Float32Array.from({ length: drawingSize }, (_, pixel) => {
      const x = (pixel % drawingSide) + 0.5 - cx;
      const y = Math.floor(pixel / drawingSide) + 0.5 - cy;
      return Math.abs(nx * x + ny * y - off);
    }),
    normal: Float32Array.from({ length: drawingSize }, () => chance.normal()),
  };
}

/** What is seen of a picture, row by row: a grey bar lies over it, and noise is added to every pixel. */
export const spoil = (
  pixels: ArrayLike<number>,
  { noise, occlusion }: Spoiling,
  { bar, normal }: Chances,
): Float32Array =>
  Float32Array.from(bar, (distance, pixel) => {
    const hidden = distance < (occlusion * drawingSide) / 2;
    return (hidden ? barGrey : (pixels[pixel] ?? 0)) + noise * (normal[pixel] ?? 0);
  });

/** The middle of what is drawn; that of the canvas where nothing is. */
function middleOf(pixels: ArrayLike<number>): readonly [x: number, y: number] {
  let [x, y, all] = [0, 0, 0];
  for (let pixel = 0; pixel < drawingSize; pixel++) {
    const grey = pixels[pixel] ?? 0;
    x += grey * ((pixel % drawingSide) + 0.5);
    y += grey * (Math.floor(pixel / drawingSide) + 0.5);
    all += grey;
  }
  return all > 0 ? [x / all, y / all] : [drawingSide / 2, drawingSide / 2];
}

/** The mask of a picture: 1 where it is at least half covered, 0 elsewhere. */
export const maskOf = (pixels: ArrayLike<number>): Float32Array =>
  Float32Array.from(pixels, (grey) => (grey >= 0.5 ? 1 : 0));
