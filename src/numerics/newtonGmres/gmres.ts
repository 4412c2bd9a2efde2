import * as tf from '../../tf/index.ts';
import { readAndFree, readPacked } from '../../tf/readback.ts';
import { rowNorm } from '../method.ts';
import { weightedSum } from '../rows.ts';

/** When GMRES stops. */
export interface GmresLimits {
  /** Products at most; also the vectors it keeps, since it does not restart. */
  readonly iterations: number;
  /** ‖b − A x‖ / ‖b‖ at which it is enough. */
  readonly tolerance: number;
}

/** What GMRES found. The caller owns x. */
export interface GmresResult {
  readonly x: tf.Tensor2D;
  /** Products made. */
  readonly iterations: number;
  /** ‖b − A x‖ / ‖b‖, as the recurrence has it. */
  readonly residual: number;
  /** A x = b had no usable answer in the space: x is b itself. */
  readonly singular: boolean;
}

/**
 * GMRES for A x = b from x = 0, on all rows of b together as one vector: modified Gram–Schmidt on the device, one
 * small read-back a product, rotations on the host. Saad and Schultz 1986. Borrows b; `apply` is called in a tidy and gives fresh
 * tensors.
 */
export async function gmres(
  apply: (v: tf.Tensor2D) => tf.Tensor2D,
  b: tf.Tensor2D,
  { iterations, tolerance }: GmresLimits,
): Promise<GmresResult> {
  const whole = (x: tf.Tensor2D): tf.Tensor1D => rowNorm(tf.reshape<tf.Rank.R2>(x, [1, x.size]));
  const [length = NaN] = await readAndFree(tf.tidy(() => whole(b)));
  const give = (x: tf.Tensor2D, made: number, residual: number, singular = false): GmresResult => ({
    ...{ x, iterations: made, residual, singular },
  });
  if (length === 0) return give(tf.zerosLike(b), 0, 0);
  if (!Number.isFinite(length)) return give(tf.clone(b), 0, NaN, true);
  const basis: tf.Tensor2D[] = [tf.tidy(() => tf.div(b, length))];
  const system = new Hessenberg();
  try {
    for (let k = 0; k < iterations; k++) {
      const { next, column } = tf.tidy(() => {
        let w = apply(basis[k] as tf.Tensor2D);
        const products = basis.map((v) => {
          const c = tf.tidy(() => tf.sum(tf.mul(w, v)));
          const before = w;
          w = tf.tidy(() => tf.sub(before, tf.mul(v, c)));
          before.dispose();
          return c;
        });
        const rest = tf.reshape(whole(w), []);
        const safe = tf.where(tf.greater(rest, 0), rest, tf.onesLike(rest));
        return { next: tf.div<tf.Tensor2D>(w, safe), column: tf.stack([...products, rest]) };
      });
      basis.push(next);
      const [numbers = new Float32Array()] = await readPacked([column]);
      column.dispose();
      system.add(Array.from(numbers));
      if (system.finished(tolerance)) break;
    }
    const weights = system.solve();
    if (!weights) return give(tf.clone(b), system.size, 1, true);
    const x = weightedSum(
      basis,
      weights.map((y) => y * length),
    );
    return give(x, system.size, system.residual);
  } finally {
    tf.dispose(basis);
  }
}

/** The small least-squares problem min ‖e₁ − H y‖, kept triangular by rotations. */
class Hessenberg {
  readonly #columns: number[][] = [];
  readonly #rotations: (readonly [c: number, s: number])[] = [];
  readonly #right: number[] = [1];
  #stuck = false;

  get size(): number {
    return this.#columns.length;
  }

  get residual(): number {
    return Math.abs(this.#right.at(-1) ?? NaN);
  }

  /** A new column of H, one entry longer than the one before. */
  add(column: number[]): void {
    const scale = Math.hypot(...column);
    const rest = column.at(-1) ?? NaN;
    // Nothing new but round-off: the space holds its own image, so the answer in it is exact.
    this.#stuck = !(rest > 1e-7 * scale);
    for (const [i, [c, s]] of this.#rotations.entries()) {
      const [a = NaN, b = NaN] = [column[i], column[i + 1]];
      column[i] = c * a + s * b;
      column[i + 1] = c * b - s * a;
    }
    const k = this.#rotations.length;
    const [a = NaN, b = NaN] = [column[k], column[k + 1]];
    const length = Math.hypot(a, b);
    const [c, s] = length > 0 ? [a / length, b / length] : [1, 0];
    this.#rotations.push([c, s]);
    column[k] = length;
    column.length = k + 1;
    this.#columns.push(column);
    const before = this.#right[k] ?? NaN;
    this.#right[k] = c * before;
    this.#right.push(-s * before);
  }

  finished(tolerance: number): boolean {
    return this.#stuck || !(this.residual > tolerance);
  }

  /** y, or undefined where the triangle is singular or not finite. */
  solve(): number[] | undefined {
    const y: number[] = [];
    for (let i = this.size - 1; i >= 0; i--) {
      let value = this.#right[i] ?? NaN;
      for (let j = i + 1; j < this.size; j++)
        value -= (this.#columns[j]?.[i] ?? NaN) * (y[j] ?? NaN);
      y[i] = value / (this.#columns[i]?.[i] ?? NaN);
    }
    return y.every(Number.isFinite) ? y : undefined;
  }
}
