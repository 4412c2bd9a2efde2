import type * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import type { Layout } from '../layout.ts';

/** The V of Peaceman–Rachford, factorised once. It owns its tensors. */
export interface Resolvent extends Disposable {
  /** V y, sample by sample: `y [batch, size]`. */
  apply(y: tf.Tensor): tf.Tensor;
  /** Vᵀ y. */
  applyTransposed(y: tf.Tensor): tf.Tensor;
}

/** Facts about W that hold for every input, in float64. */
export interface Certificate {
  /** Smallest eigenvalue of sym(I − W): m by construction, so that the fixed point is unique. */
  readonly smallest: number;
  /** L = ‖I − W‖₂. */
  readonly lipschitz: number;
}

/** Weights on the host, by our names. */
export type HostWeights = Readonly<Record<string, { shape: number[]; data: ArrayLike<number> }>>;

/**
 * The linear part of a monotone operator network, z* = σ(W z* + U x + b) with
 * W = (1 − m) I − AᵀA + B − Bᵀ. Then sym(I − W) = m I + AᵀA, whatever A and B are, and with m > 0 there is
 * exactly one z*. Winston, Kolter 2020.
 *
 * States are `[batch, size]`; functions of tensors borrow them, and are called inside a tidy.
 */
export interface MonotoneOperator {
  /** Numbers in the state of one sample. */
  readonly size: number;
  readonly layout: Layout;
  readonly m: number;
  /** U x + b: x as the operator has it → `[batch, size]`. */
  inject(params: Params, x: tf.Tensor): tf.Tensor;
  /** W z. */
  multiply(params: Params, z: tf.Tensor): tf.Tensor;
  /** Wᵀ z. */
  multiplyTransposed(params: Params, z: tf.Tensor): tf.Tensor;
  /** σ: ReLU, and zero where the state has none of its own. */
  activate(z: tf.Tensor): tf.Tensor;
  /** V = ((1 + α) I − α W)⁻¹. Outside any tidy; the caller disposes it. */
  resolvent(params: Params, alpha: number): Resolvent;
  /** What the weights say of every state, worked out once. */
  analyse(weights: HostWeights): Analysis;
}

/** What is known of W on the host. */
export interface Analysis {
  readonly certificate: Certificate;
  /**
   * Spectral radius of ∂f/∂z of one sample at z, given U x + b, `size` numbers each; undefined where it would take
   * longer than a picture may.
   */
  readonly radius: (z: ArrayLike<number>, injection: ArrayLike<number>) => number | undefined;
}

/**
 * The operator with each V kept for whoever asks for the same α again, of the same parameters: a map disposes of nothing,
 * only the operator does. Every drawing of a stroke is solved with one V.
 */
export function withKeptResolvents(operator: MonotoneOperator): MonotoneOperator & Disposable {
  const kept = new Map<number, Resolvent>();
  return {
    ...operator,
    resolvent: (params, alpha) => {
      const known = kept.get(alpha) ?? operator.resolvent(params, alpha);
      kept.set(alpha, known);
      return {
        apply: (y) => known.apply(y),
        applyTransposed: (y) => known.applyTransposed(y),
        [Symbol.dispose]: () => undefined,
      };
    },
    [Symbol.dispose]: () => {
      for (const resolvent of kept.values()) resolvent[Symbol.dispose]();
      kept.clear();
    },
  };
}
