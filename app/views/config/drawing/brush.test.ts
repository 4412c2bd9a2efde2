import { describe, expect, it } from 'vitest';
import { drawingSide } from '../../../../src/inputs/drawing.ts';
import { blank, drawingWords, stroke, toggle } from './brush.ts';

const at = (pixels: Float32Array, row: number, column: number): number =>
  pixels[row * drawingSide + column] ?? NaN;

describe('the brush', () => {
  it('inks the middle of a stroke, fades at its edges, and leaves the rest alone', () => {
    const line = stroke(blank(), { x: 5.5, y: 10.5 }, { x: 15.5, y: 10.5 });
    expect(at(line, 10, 10)).toBe(1);
    expect(at(line, 11, 10)).toBeCloseTo(0.75);
    expect(at(line, 12, 10)).toBe(0);
    expect(at(line, 10, 18)).toBe(0);
  });

  it('never pales what was there, and erases what it is told to', () => {
    const line = stroke(blank(), { x: 5.5, y: 10.5 }, { x: 15.5, y: 10.5 });
    const twice = stroke(line, { x: 10.5, y: 12.2 }, { x: 10.5, y: 12.2 });
    line.forEach((grey, cell) => {
      expect(twice[cell]).toBeGreaterThanOrEqual(grey);
    });
    expect(at(stroke(line, { x: 10.5, y: 10.5 }, { x: 10.5, y: 10.5 }, true), 10, 10)).toBe(0);
  });

  it('at the edge and beyond it stays on the canvas', () => {
    const corner = stroke(blank(), { x: -40, y: 0 }, { x: 0, y: 0 });
    expect(at(corner, 0, 0)).toBe(1);
    expect(stroke(blank(), { x: 90, y: 90 }, { x: 95, y: 99 })).toEqual(blank());
  });

  it('of the keyboard sets one pixel, or blanks it', () => {
    const once = toggle(blank(), 30);
    expect([drawingWords(blank()), drawingWords(once), once[30]]).toEqual([
      'blank',
      '1 pixel drawn',
      1,
    ]);
    expect(toggle(once, 30)[30]).toBe(0);
  });
});
