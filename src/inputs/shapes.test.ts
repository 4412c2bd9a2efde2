import { describe, expect, it, test } from 'vitest';
import { createRandom } from '../data/random.ts';
import { decodeDrawing, drawingSide, drawingSize, encodeDrawing } from './drawing.ts';
import { iou } from './iou.ts';
import {
  drawChances,
  drawShape,
  heldOutRing,
  maskOf,
  shapeKinds,
  shapeOfPart,
  spoil,
} from './shapes.ts';

const area = (pixels: Float32Array): number => pixels.reduce((sum, grey) => sum + grey, 0);

describe('shapes', () => {
  it.each(shapeKinds)(
    'a %s is the same for the same chance, another for another, and on the canvas',
    (kind) => {
      for (let seed = 0; seed < 20; seed++) {
        const pixels = drawShape(kind, createRandom(seed));
        expect(pixels).toEqual(drawShape(kind, createRandom(seed)));
        expect(pixels).not.toEqual(drawShape(kind, createRandom(seed + 1)));
        expect(Math.min(...pixels)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...pixels)).toBe(1);
        expect(area(pixels)).toBeGreaterThan(20);
        const rim = pixels.filter((_, i) => {
          const [row, column] = [Math.floor(i / drawingSide), i % drawingSide];
          return [0, drawingSide - 1].some((edge) => row === edge || column === edge);
        });
        expect(area(rim)).toBe(0);
      }
    },
  );

  it('have the area that their formulas say', () => {
    // The radius is the first number that is drawn.
    const of = (seed: number): number => 6 + 4 * createRandom(seed).next();
    for (let seed = 0; seed < 5; seed++) {
      const r = of(seed);
      const areas = (['disc', 'square', 'triangle'] as const).map((kind) =>
        area(drawShape(kind, createRandom(seed))),
      );
      for (const [i, right] of [
        Math.PI * r * r,
        2 * r * r,
        (3 * Math.sqrt(3) * r * r) / 4,
      ].entries())
        expect((areas[i] ?? 0) / right).toBeCloseTo(1, 1);
    }
  });

  it('begin with a held-out ring', () => {
    const ring = shapeOfPart('ring', 'held out', '3');
    expect(heldOutRing).toBe(encodeDrawing(ring));
    expect(decodeDrawing(heldOutRing).problem).toBeUndefined();
  });
});

describe('spoiling', () => {
  const disc = drawShape('disc', createRandom(3));
  const chances = drawChances(disc, createRandom(1));

  it('lays a grey bar over the shape and adds noise of that deviation', () => {
    const clean = spoil(disc, { noise: 0, occlusion: 0.2 }, chances);
    const hidden = clean.reduce((count, grey, i) => count + (grey === disc[i] ? 0 : 1), 0);
    expect(new Set(Array.from(clean).filter((grey, i) => grey !== disc[i]))).toEqual(
      new Set([0.5]),
    );
    // 5.6 pixels wide, and at most as long as the diagonal.
    expect(hidden).toBeGreaterThan(5 * drawingSide * 0.7);
    expect(hidden).toBeLessThan(6.5 * drawingSide * Math.SQRT2);
    const noisy = spoil(disc, { noise: 0.3, occlusion: 0 }, chances);
    const deviation = Math.sqrt(
      noisy.reduce((sum, grey, i) => sum + (grey - (disc[i] ?? 0)) ** 2, 0) / drawingSize,
    );
    expect(deviation).toBeCloseTo(0.3, 1);
  });

  it('leaves a picture alone where there is neither', () => {
    expect(spoil(disc, { noise: 0, occlusion: 0 }, chances)).toEqual(disc);
    const blank = new Float32Array(drawingSize);
    const over = drawChances(blank, createRandom(1));
    expect(spoil(blank, { noise: 0, occlusion: 0 }, over)).toEqual(blank);
  });
});

test('IoU is what two masks share of what either has; nothing is nothing, and NaN is not set', () => {
  expect(iou([1, 1, 0, 0], [0, 1, 1, 0])).toBeCloseTo(1 / 3);
  expect(iou([0, 0], [0, 0])).toBe(1);
  expect(iou([NaN, 0.7], [1, 1])).toBe(0.5);
  expect(Array.from(maskOf([0.49, 0.5, 1]))).toEqual([0, 1, 1]);
});
