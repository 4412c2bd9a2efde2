/** Fourier and Gabor filters make f affine in z: at every place the fixed point is the solution of a small linear system. */

/** What f is at some places, on the host: row-major. */
export interface AffineParts {
  readonly width: number;
  readonly places: number;
  /** g₀ `[width, places]`. */
  readonly own: Float32Array;
  /** Each layer's filter `[width, places]`, weight `[width, width]` and bias `[width]`. */
  readonly layers: readonly {
    readonly filter: Float32Array;
    readonly weight: Float32Array;
    readonly bias: Float32Array;
  }[];
}

/** z* `[width, places]`, place by place from (I − M) z = q with f(z) = M z + q, in float64. */
export function directSolve({ width: n, places, own, layers }: AffineParts): Float64Array {
  const solution = new Float64Array(n * places);
  for (let p = 0; p < places; p++) {
    // M and q of one place, layer by layer: the first sees z + g₀.
    let m: Float64Array | undefined;
    let q = Float64Array.from({ length: n }, (_, i) => own[i * places + p] ?? 0);
    for (const { filter, weight, bias } of layers) {
      const factor = (i: number): number => filter[i * places + p] ?? 0;
      const before = q;
      q = Float64Array.from({ length: n }, (_, i) => {
        let sum = bias[i] ?? 0;
        for (let k = 0; k < n; k++) sum += (weight[i * n + k] ?? 0) * (before[k] ?? 0);
        return factor(i) * sum;
      });
      m = m ? scaledProduct(factor, weight, m, n) : scaled(factor, weight, n);
    }
    m ??= identity(n);
    for (let i = 0; i < n; i++)
      for (let k = 0; k < n; k++) m[i * n + k] = (i === k ? 1 : 0) - (m[i * n + k] ?? 0);
    const z = eliminate(m, q, n);
    for (let i = 0; i < n; i++) solution[i * places + p] = z[i] ?? NaN;
  }
  return solution;
}

const identity = (n: number): Float64Array => {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
  return matrix;
};

/** diag(factor) A. */
const scaled = (factor: (i: number) => number, a: Float32Array, n: number): Float64Array =>
  Float64Array.from(a, (value, i) => factor(Math.floor(i / n)) * value);

/** diag(factor) A B. */
function scaledProduct(
  factor: (i: number) => number,
  a: Float32Array,
  b: Float64Array,
  n: number,
): Float64Array {
  const c = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const scale = factor(i);
    for (let k = 0; k < n; k++) {
      const left = scale * (a[i * n + k] ?? 0);
      for (let j = 0; j < n; j++) c[i * n + j] = (c[i * n + j] ?? 0) + left * (b[k * n + j] ?? 0);
    }
  }
  return c;
}

/** The solution of A x = b by elimination with the largest pivot of each column; A is used up. */
function eliminate(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const x = Float64Array.from(b);
  const at = (i: number, j: number): number => a[i * n + j] ?? 0;
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(at(i, k)) > Math.abs(at(best, k))) best = i;
    if (best !== k) {
      for (let j = k; j < n; j++) {
        const kept = at(k, j);
        a[k * n + j] = at(best, j);
        a[best * n + j] = kept;
      }
      const kept = x[k] ?? 0;
      x[k] = x[best] ?? 0;
      x[best] = kept;
    }
    for (let i = k + 1; i < n; i++) {
      const share = at(i, k) / at(k, k);
      if (share === 0) continue;
      for (let j = k; j < n; j++) a[i * n + j] = at(i, j) - share * at(k, j);
      x[i] = (x[i] ?? 0) - share * (x[k] ?? 0);
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    let sum = x[k] ?? 0;
    for (let j = k + 1; j < n; j++) sum -= at(k, j) * (x[j] ?? 0);
    x[k] = sum / at(k, k);
  }
  return x;
}
