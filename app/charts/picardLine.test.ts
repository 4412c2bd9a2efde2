import { describe, expect, it } from 'vitest';
import { picardLine } from './picardLine.ts';

describe('the Picard line', () => {
  it('starts where Picard starts, with slope log₁₀ ρ', () => {
    const [from, to] = picardLine({ x: 0, y: 1 }, 0.8, 20, 1e-5) ?? [];
    expect(from).toEqual({ x: 0, y: 1 });
    expect(to?.x).toBe(20);
    expect(Math.log10(to?.y ?? 0) / 20).toBeCloseTo(Math.log10(0.8), 12);
    // A branch begins at its fork.
    expect(picardLine({ x: 7, y: 0.3 }, 0.8, 20, 1e-5)?.[0]).toEqual({ x: 7, y: 0.3 });
  });

  it('is cut where it leaves the frame below', () => {
    const [, to] = picardLine({ x: 2, y: 1 }, 0.1, 20, 1e-5) ?? [];
    expect(to?.x).toBeCloseTo(7, 9);
    expect(to?.y).toBeCloseTo(1e-5, 12);
  });

  it.each([
    ['a residual of 0', { x: 0, y: 0 }, 0.5],
    ['a residual that is no number', { x: 0, y: NaN }, 0.5],
    ['no residual', { x: 0, y: null }, 0.5],
    ['no factor', { x: 0, y: 1 }, 0],
    ['a factor that is no number', { x: 0, y: 1 }, NaN],
    ['a factor of one or more: Picard does not get to that point', { x: 0, y: 1 }, 1],
    ['less than one iteration in sight', { x: 0, y: 1 }, 1e-9],
  ])('is not drawn for %s', (_, start, rate) => {
    expect(picardLine(start, rate, 20, 1e-5)).toBeNull();
  });
});
