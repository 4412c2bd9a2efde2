import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeDrawing, drawingSize, encodeDrawing, longestDrawing } from './drawing.ts';

const grey = fc.array(fc.integer({ min: 0, max: 15 }), {
  minLength: drawingSize,
  maxLength: drawingSize,
});

test('sixteen levels of grey come back as they were, in a text that links take as it is', () => {
  fc.assert(
    fc.property(grey, (levels) => {
      const code = encodeDrawing(levels.map((level) => level / 15));
      expect(code).toMatch(/^[\w-]+$/);
      expect(code.length).toBeLessThanOrEqual(longestDrawing);
      const { pixels, problem } = decodeDrawing(code);
      expect(problem).toBeUndefined();
      expect(Array.from(pixels, (value) => Math.round(value * 15))).toEqual(levels);
    }),
    { numRuns: 50 },
  );
});

test('a blank drawing, a full one and one of a single pixel are short, and none is empty', () => {
  const blank = encodeDrawing(new Float32Array(drawingSize));
  expect(blank).toHaveLength(2);
  for (const code of [blank, ''])
    expect(decodeDrawing(code).pixels.every((value) => value === 0)).toBe(true);
  expect(encodeDrawing(new Float32Array(drawingSize).fill(1)).length).toBeLessThan(70);
  const dot = new Float32Array(drawingSize);
  dot[400] = 1;
  const { pixels } = decodeDrawing(encodeDrawing(dot));
  expect(Array.from(pixels)).toEqual(Array.from(dot));
});

test('values that are no grey are taken for the nearest one', () => {
  const { pixels } = decodeDrawing(encodeDrawing([NaN, -3, 7, Infinity, 0.5]));
  expect(Array.from(pixels.subarray(0, 5), (v) => Math.round(v * 15))).toEqual([0, 0, 15, 15, 8]);
});

test('any text gives a drawing of 784 values, and what is wrong with it is said', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 1200 }), (text) => {
      const { pixels } = decodeDrawing(text);
      expect(pixels).toHaveLength(drawingSize);
      expect(pixels.every((value) => value >= 0 && value <= 1)).toBe(true);
    }),
  );
  expect(decodeDrawing('<script>').problem).toContain('could not be read');
  expect(decodeDrawing('_'.repeat(1000)).problem).toContain('more than 784 pixels');
});
