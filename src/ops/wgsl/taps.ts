/** A linear map over stretches of positions; with one tap, the ordinary one over rows. */
import type { Activation } from './access.ts';

/**
 * Sizes of `y [samples, length, out]` = x `[samples, lead + length, in]` times a weight
 * `[taps · in, out]`, the oldest tap first. Position t of y sees the `taps` positions of x that
 * end at `lead + t`; before the first there are zeros.
 */
export interface Taps {
  readonly rows: number;
  readonly length: number;
  readonly lead: number;
  readonly taps: number;
  readonly inner: number;
  readonly outer: number;
  readonly activation: Activation;
}

/** The part of `Taps` that goes to a kernel. */
export const tapSizes = ({
  rows,
  length,
  lead,
  taps,
  inner,
  outer,
}: Taps): Record<string, number> => ({
  rows,
  length,
  lead,
  taps,
  inner,
  outer,
});

/** `fn sourceRow(row, tap)`: the row of x that a tap reads for a row of y, −1 for zeros. */
export const sourceRow = ({ taps }: Taps): string =>
  taps === 1
    ? 'fn sourceRow(row: i32, tap: i32) -> i32 { return row; }'
    : `
fn sourceRow(row: i32, tap: i32) -> i32 {
  let sample = row / uniforms.length;
  let at = row % uniforms.length + uniforms.lead + tap + 1 - uniforms.taps;
  return select(sample * (uniforms.length + uniforms.lead) + at, -1, at < 0);
}`;

/** `fn resultRow(row, tap)`: the row of y that a row of x reaches through a tap, −1 for none. */
export const resultRow = ({ taps }: Taps): string =>
  taps === 1
    ? 'fn resultRow(row: i32, tap: i32) -> i32 { return row; }'
    : `
fn resultRow(row: i32, tap: i32) -> i32 {
  let held = uniforms.length + uniforms.lead;
  let at = row % held - uniforms.lead + uniforms.taps - 1 - tap;
  return select(row / held * uniforms.length + at, -1, at < 0 || at >= uniforms.length);
}`;
