import { describe, expect, it } from 'vitest';
import {
  formatCharacters,
  formatCount,
  formatExact,
  formatBytes,
  formatMilliseconds,
  formatPeak,
  formatPeaks,
  formatPower,
  formatResidual,
  plural,
  visibleCharacter,
} from './format.ts';

describe('numbers for people', () => {
  it.each([
    [0.0032, '3.2e-3'],
    [1, '1.0'],
    [0.53, '0.53'],
    [8.1e-5, '8.1e-5'],
    [1234, '1.2e3'],
    [0, '0'],
    [NaN, 'NaN'],
    [Infinity, '∞'],
    [null, '—'],
    [undefined, '—'],
  ])('residual %s is %s', (value, text) => {
    expect(formatResidual(value)).toBe(text);
  });

  it.each([
    [1e-4, '1e-4'],
    [2.5e-4, '2.5e-4'],
    [1, '1'],
    [10, '10'],
    [0.1, '1e-1'],
    [1e-10, '1e-10'],
    [1e6, '1e6'],
  ])('power %s is %s', (value, text) => {
    expect(formatPower(value)).toBe(text);
  });

  it.each([
    [41e6, '41 MB'],
    [8.44e6, '8.4 MB'],
    [9.97e6, '10 MB'],
    [2e5, '0.2 MB'],
    [99_600, '0.1 MB'],
    [3e4, '30 kB'],
    [1234, '1.2 kB'],
    [999, '1.0 kB'],
    [300, '300 B'],
    [0, '0 B'],
    [null, '—'],
  ])('%s bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it.each([
    [217e6, '217 MB'],
    [1.04e6, '1.04 MB'],
    [264_000, '0.264 MB'],
    [50_688, '50.7 kB'],
    [72, '72 B'],
  ])('a peak of %s bytes is %s', (bytes, text) => {
    expect(formatPeak(bytes)).toBe(text);
  });

  it('names a unit once that peaks share', () => {
    expect(formatPeaks([264_000, 2.64e6], ' / ')).toBe('0.264 / 2.64 MB');
    expect(formatPeaks([1200, 2.64e6, undefined], ' · ')).toBe('1.20 kB · 2.64 MB · —');
  });

  it.each([
    [2.08, '2.1 ms'],
    [0.5, '0.50 ms'],
    [128.4, '128 ms'],
    [1400, '1.4 s'],
    [99.6, '100 ms'],
  ])('%s ms are %s', (time, text) => {
    expect(formatMilliseconds(time)).toBe(text);
  });

  it('keeps the digits float32 has', () => {
    expect(formatExact(0.0123456789)).toBe('0.0123457');
    expect(formatExact(1.23456789e-9)).toBe('1.23457e-9');
    expect(formatExact(NaN)).toBe('NaN');
  });

  it('counts', () => {
    expect(formatCount(18432)).toBe('18\u202f432');
    expect(formatCharacters('a😀é')).toBe('3 characters');
    expect(plural(1, 'change')).toBe('1 change');
    expect(plural(3, 'change')).toBe('3 changes');
    expect(visibleCharacter(' ')).toBe('␣');
    expect(visibleCharacter('é')).toBe('é');
  });
});
