/**
 * Operations on one vector as plain numbers, for work too small to be worth asking a device for. Weights are
 * `[in, out]` row by row, in float64, which JavaScript's engines multiply without converting.
 */

import { epsilon } from './layerNorm.ts';

/** Which part of a matrix a product takes. */
interface Block {
  /** Columns of the whole matrix. */
  readonly columns: number;
  /** The first of its rows; there are as many as the vector is long. */
  readonly firstRow?: number;
  /** The first of its columns; there are as many as the result is long. */
  readonly firstColumn?: number;
}

/** Adds x W to `out`, W a block of `weight`. */
export function addProduct(
  out: Float64Array,
  x: Float64Array,
  weight: Float64Array,
  { columns, firstRow = 0, firstColumn = 0 }: Block,
): void {
  const start = firstRow * columns + firstColumn;
  let column = 0;
  // Four columns at a time: their sums stay in registers, and each number of x is read once for all.
  for (; column + 4 <= out.length; column += 4) {
    let a = out[column] ?? 0;
    let b = out[column + 1] ?? 0;
    let c = out[column + 2] ?? 0;
    let d = out[column + 3] ?? 0;
    for (let row = 0, at = start + column; row < x.length; row++, at += columns) {
      const value = x[row] ?? 0;
      a += value * (weight[at] ?? 0);
      b += value * (weight[at + 1] ?? 0);
      c += value * (weight[at + 2] ?? 0);
      d += value * (weight[at + 3] ?? 0);
    }
    out[column] = a;
    out[column + 1] = b;
    out[column + 2] = c;
    out[column + 3] = d;
  }
  for (; column < out.length; column++) {
    let sum = out[column] ?? 0;
    for (let row = 0, at = start + column; row < x.length; row++, at += columns)
      sum += (x[row] ?? 0) * (weight[at] ?? 0);
    out[column] = sum;
  }
}

/** x · y, of y the numbers from `from` on, as many as `x` is long. */
export function dot(x: Float64Array, y: Float64Array, from = 0): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i] ?? 0) * (y[from + i] ?? 0);
  return sum;
}

/** ‖x‖₂. Of numbers that were float32 no square leaves float64's range. */
export const norm = (x: Float64Array): number => Math.sqrt(dot(x, x));

/** Adds `factor` times x to `out`, of x the numbers from `from` on, as many as `out` is long. */
export function addScaled(out: Float64Array, factor: number, x: Float64Array, from = 0): void {
  for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? 0) + factor * (x[from + i] ?? 0);
}

/** Every number of x that is below 0 becomes 0. */
export function reluInPlace(x: Float64Array): void {
  for (let i = 0; i < x.length; i++) if ((x[i] ?? 0) < 0) x[i] = 0;
}

/** Layer norm of x in place: see `layerNorm`. */
export function layerNormInPlace(x: Float64Array): void {
  let mean = 0;
  for (const value of x) mean += value / x.length;
  let variance = 0;
  for (const value of x) variance += (value - mean) ** 2 / x.length;
  const scale = 1 / Math.sqrt(variance + epsilon);
  for (let i = 0; i < x.length; i++) x[i] = ((x[i] ?? 0) - mean) * scale;
}

/** 1/(1 + e⁻ˣ). */
export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
