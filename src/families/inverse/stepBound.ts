/** How long a step may be: the exact bound of tied layers. */
import { largestEigenvalue } from './largestEigenvalue.ts';
import { measuredOnHost, measuredTransposedOnHost } from './measurement.ts';
import type { InverseCell } from './problem.ts';
import type { Regulariser } from './regulariser.ts';

/** Weights on the host, by their names. */
export type HostWeights = Readonly<Record<string, { readonly data: ArrayLike<number> }>>;

/** What is known of the step size τ. */
export interface StepBound {
  /** λmax(λ KᵀK + γ K0ᵀK0). */
  readonly largest: number;
  /** 2 / λmax. */
  readonly bound: number;
}

/**
 * The bound on τ with tied layers. With σ the identity, ∂f/∂u = I − τ (λ KᵀK + γ K0ᵀK0) is symmetric, and iterating f
 * converges for τ below 2/λmax and for no τ above it; with a σ whose slope lies between 0 and 1 it converges below it, and may
 * above. Undefined for untied layers: ∂f/∂u is not symmetric, and no such bound holds.
 */
export function stepBound(
  { measurement, regulariser, lambda, gamma }: InverseCell,
  weights: HostWeights,
): StepBound | undefined {
  if (!regulariser.tied) return undefined;
  const gram = gramOf(regulariser, weights['K0']?.data ?? []);
  const size = regulariser.side ** 2;
  const largest = largestEigenvalue((v) => {
    const fidelity = measuredTransposedOnHost(measurement, measuredOnHost(measurement, v));
    const smooth = gram(v);
    return fidelity.map((value, i) => lambda * value + gamma * (smooth[i] ?? 0));
  }, size);
  return { largest, bound: 2 / largest };
}

/** K0ᵀK0 v as a function of v. */
function gramOf(shape: Regulariser, weights: ArrayLike<number>): (v: Float64Array) => Float64Array {
  return shape.cell === 'dense' ? denseGram(shape, weights) : kernelGram(shape, weights);
}

function denseGram({ width, side }: Regulariser, rows: ArrayLike<number>) {
  const size = side * side;
  return (v: Float64Array): Float64Array => {
    const out = new Float64Array(size);
    for (let unit = 0; unit < width; unit++) {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += (rows[unit * size + i] ?? 0) * (v[i] ?? 0);
      for (let i = 0; i < size; i++) out[i] = (out[i] ?? 0) + sum * (rows[unit * size + i] ?? 0);
    }
    return out;
  };
}

/** Zeros stand around the picture, and what is laid there by the transpose is lost. */
function kernelGram({ width, kernel, side }: Regulariser, kernels: ArrayLike<number>) {
  const half = (kernel - 1) / 2;
  const size = side * side;
  // Nothing is asked of taps that are zero, as most are of a finite difference.
  const taps = Array.from({ length: width }, (_, c) =>
    Array.from({ length: kernel ** 2 }, (_, k) => ({
      row: Math.floor(k / kernel) - half,
      column: (k % kernel) - half,
      value: kernels[c * kernel ** 2 + k] ?? 0,
    })).filter(({ value }) => value !== 0),
  );
  return (v: Float64Array): Float64Array => {
    const out = new Float64Array(size);
    const map = new Float64Array(size);
    for (const own of taps) {
      map.fill(0);
      for (const tap of own) shiftedAdd(map, v, side, tap.row, tap.column, tap.value);
      for (const tap of own) shiftedAdd(out, map, side, -tap.row, -tap.column, tap.value);
    }
    return out;
  };
}

/** to[p] += value · from[p + (row, column)], wherever that lies within the picture. */
function shiftedAdd(
  to: Float64Array,
  from: Float64Array,
  side: number,
  row: number,
  column: number,
  value: number,
): void {
  const [top, bottom] = [Math.max(0, -row), Math.min(side, side - row)];
  const [left, right] = [Math.max(0, -column), Math.min(side, side - column)];
  for (let r = top; r < bottom; r++) {
    const shift = (r + row) * side + column;
    for (let c = left; c < right; c++)
      to[r * side + c] = (to[r * side + c] ?? 0) + value * (from[shift + c] ?? 0);
  }
}
