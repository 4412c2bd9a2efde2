import { describe, expect, it } from 'vitest';
import { picardLine } from './picardLine.ts';

describe('the Picard line', () => {
  const range = [1e-5, 1] as const;

  it('passes through its point with slope log₁₀ ρ', () => {
    const [from, to] = picardLine({ x: 10, y: 1e-3 }, 0.8, 20, range) ?? [];
    expect(from).toEqual({ x: 0, y: 1e-3 * 0.8 ** -10 });
    expect(to?.x).toBe(20);
    const slope = (Math.log10(to?.y ?? 0) - Math.log10(from?.y ?? 0)) / 20;
    expect(slope).toBeCloseTo(Math.log10(0.8), 12);
  });

  it('is cut where it leaves the frame, above and below', () => {
    const [from, to] = picardLine({ x: 10, y: 1e-3 }, 0.1, 20, range) ?? [];
    expect(from?.x).toBeCloseTo(7, 9);
    expect(from?.y).toBeCloseTo(1, 9);
    expect(to?.x).toBeCloseTo(12, 9);
    expect(to?.y).toBeCloseTo(1e-5, 12);
  });

  it('rises where Picard diverges, and is level for a factor of one', () => {
    const [from, to] = picardLine({ x: 4, y: 0.01 }, 10, 20, range) ?? [];
    expect([from?.x, to?.x]).toEqual([expect.closeTo(1, 9), expect.closeTo(6, 9)]);
    expect(to?.y).toBeCloseTo(1, 9);
    expect(picardLine({ x: 4, y: 0.01 }, 1, 20, range)).toEqual([
      { x: 0, y: 0.01 },
      { x: 20, y: 0.01 },
    ]);
  });

  it('is not drawn without a positive factor and a positive residual, nor off the picture', () => {
    expect(picardLine({ x: 4, y: 0 }, 0.5, 20, range)).toBeNull();
    expect(picardLine({ x: 4, y: NaN }, 0.5, 20, range)).toBeNull();
    expect(picardLine({ x: 4, y: 0.1 }, 0, 20, range)).toBeNull();
    expect(picardLine({ x: 4, y: 0.1 }, NaN, 20, range)).toBeNull();
    expect(picardLine({ x: 4, y: 0.1 }, 1e-9, 20, range)).toBeNull();
  });
});
