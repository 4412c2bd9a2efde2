import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Random } from '../data/random.ts';
import { dot, norm } from '../ops/vectors.ts';
import { breathe } from '../tf/pace.ts';

/** An eigenvalue. */
export type Complex = readonly [real: number, imaginary: number];

/** The largest eigenvalue, in size, of a linear map, and how far it can be trusted. */
export interface Dominant {
  readonly size: number;
  /** False when the estimate still moved by more than half a percent at the end. */
  readonly settled: boolean;
  /** Applications of the map. */
  readonly iterations: number;
}

/** Estimates that must agree before we call them settled. */
const agreement = 5e-3;
const lookBack = 8;

/**
 * Arnoldi's method on the host, in float64: build an orthonormal basis of the Krylov space and
 * take the eigenvalues of the map inside it. Right for complex pairs, where the power method
 * oscillates for ever. Ends early by throwing the signal's reason. Arnoldi 1951; Saad, chapter 6.
 */
export async function dominantEigenvalue(
  apply: (v: Float64Array) => Promise<Float64Array>,
  size: number,
  random: Random,
  limit: number,
  signal?: AbortSignal,
): Promise<Dominant> {
  const basis = [normalized(Float64Array.from({ length: size }, () => random.normal()))];
  const h: number[][] = [];
  const sizes: number[] = [];
  for (let k = 0; k < Math.min(limit, size); k++) {
    await breathe(signal);
    const w = await apply(basis[k] as Float64Array);
    const column: number[] = [];
    // Twice is enough (Kahan): one pass loses orthogonality to round-off.
    for (let pass = 0; pass < 2; pass++)
      for (const [i, v] of basis.entries()) {
        // Of a picture's state one pass takes as long as the map: an interrupt waits for neither.
        await breathe(signal);
        const c = dot(v, w);
        column[i] = (column[i] ?? 0) + c;
        for (let j = 0; j < size; j++) w[j] = (w[j] ?? 0) - c * (v[j] ?? 0);
      }
    const rest = norm(w);
    h.push([...column, rest]);
    sizes.push(Math.max(...ritzValues(h).map(([re, im]) => Math.hypot(re, im))));
    const value = sizes.at(-1) ?? NaN;
    if (!Number.isFinite(value)) return { size: NaN, settled: false, iterations: k + 1 };
    // The space is invariant, or everything: the eigenvalues are exact. Float32 products leave
    // about 1e-6 where there is nothing.
    const scale = Math.hypot(...column, rest);
    if (rest <= 1e-5 * scale || k + 1 === size)
      return { size: value, settled: true, iterations: k + 1 };
    const recent = sizes.slice(-lookBack);
    const spread = Math.max(...recent) - Math.min(...recent);
    if (recent.length === lookBack && spread < agreement * value)
      return { size: value, settled: true, iterations: k + 1 };
    basis.push(normalized(w));
  }
  return { size: sizes.at(-1) ?? NaN, settled: false, iterations: sizes.length };
}

/** All eigenvalues of a dense matrix, given by rows. */
export function eigenvalues(rows: readonly (readonly number[] | Float64Array)[]): Complex[] {
  const matrix = new Matrix(rows.map((row) => Array.from(row)));
  const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(matrix);
  return realEigenvalues.map((re, i): Complex => [re, imaginaryEigenvalues[i] ?? 0]);
}

/** Eigenvalues of the Hessenberg matrix whose columns, each one entry longer, are `h`. */
function ritzValues(h: readonly (readonly number[])[]): Complex[] {
  return eigenvalues(h.map((_, i) => h.map((column) => column[i] ?? 0)));
}

function normalized(v: Float64Array): Float64Array {
  const length = norm(v);
  return v.map((x) => x / length);
}
