import { createRandom } from '../../data/random.ts';
import { dot, norm } from '../../ops/vectors.ts';

/** Steps at most, and how often the value is looked at. */
const limit = 250;
const look = 5;
/** Two looks that agree to this share are the end of it. */
const agreement = 1e-9;

/**
 * The largest eigenvalue of a symmetric positive semidefinite matrix of that size, given by its products, in float64:
 * Lanczos's method with all vectors kept orthogonal (Lanczos 1950; Parlett, chapter 13). NaN where a product is not
 * finite.
 */
export function largestEigenvalue(
  multiply: (v: Float64Array) => ArrayLike<number>,
  size: number,
): number {
  const random = createRandom(1);
  const basis: Float64Array[] = [unit(Float64Array.from({ length: size }, () => random.normal()))];
  const diagonal: number[] = [];
  const beside: number[] = [];
  let before = 0;
  for (let k = 0; k < Math.min(limit, size); k++) {
    const v = basis[k] ?? new Float64Array(size);
    const w = Float64Array.from(multiply(v));
    diagonal.push(dot(v, w));
    // Twice is enough (Kahan): one pass loses orthogonality to round-off.
    for (let pass = 0; pass < 2; pass++)
      for (const one of basis) {
        const share = dot(one, w);
        for (let i = 0; i < size; i++) w[i] = (w[i] ?? 0) - share * (one[i] ?? 0);
      }
    const rest = norm(w);
    if (!Number.isFinite(rest)) return NaN;
    const last = k + 1 === Math.min(limit, size) || rest <= 1e-12 * Math.abs(diagonal[0] ?? 1);
    if (last || k % look === look - 1) {
      const value = largestOfTridiagonal(diagonal, beside);
      if (last || Math.abs(value - before) <= agreement * Math.abs(value)) return value;
      before = value;
    }
    beside.push(rest);
    basis.push(unit(w));
  }
  return before;
}

/** The largest eigenvalue of a symmetric tridiagonal matrix, by bisection with Sturm's count. */
function largestOfTridiagonal(diagonal: readonly number[], beside: readonly number[]): number {
  const radius = (i: number): number => Math.abs(beside[i - 1] ?? 0) + Math.abs(beside[i] ?? 0);
  let low = Math.max(...diagonal);
  let high = Math.max(...diagonal.map((value, i) => value + radius(i)));
  for (let turn = 0; turn < 100 && high - low > 1e-15 * Math.abs(high); turn++) {
    const middle = (low + high) / 2;
    if (isAbove(middle, diagonal, beside)) high = middle;
    else low = middle;
  }
  return high;
}

/** Whether all eigenvalues are below x: x I − T has a Cholesky factor. */
function isAbove(x: number, diagonal: readonly number[], beside: readonly number[]): boolean {
  let pivot = 1;
  for (const [i, value] of diagonal.entries()) {
    const off = i === 0 ? 0 : (beside[i - 1] ?? 0);
    pivot = x - value - (off * off) / pivot;
    if (pivot <= 0) return false;
  }
  return true;
}

function unit(v: Float64Array): Float64Array {
  const length = norm(v) || 1;
  return v.map((value) => value / length);
}
