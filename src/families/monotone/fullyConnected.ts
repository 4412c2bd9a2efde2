import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { eigenvalues } from '../../implicit/krylov.ts';
import { inverse } from '../../ops/inverse.ts';
import { linear } from '../../ops/linear.ts';
import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';
import { onePart } from '../layout.ts';
import type { HostWeights, MonotoneOperator, Resolvent } from './operator.ts';

/**
 * W as a dense matrix: `A.weight` and `B.weight` `[n, n]`, `U.weight [n, in]`, `U.bias [n]`, laid out as in
 * PyTorch; x `[batch, in]`.
 */
export function fullyConnected(size: number, m: number): MonotoneOperator {
  const shared = (params: Params, z: tf.Tensor): tf.Tensor => {
    const a = param(params, 'A.weight');
    const gram = linear(linear(z, a, { transposed: true }), a);
    return m === 1 ? tf.neg(gram) : tf.sub(tf.mul(z, 1 - m), gram);
  };
  // Rows are samples, so W z reads z Wᵀ = (1 − m) z − z AᵀA + z (Bᵀ − B).
  const skew = (params: Params): tf.Tensor => {
    const b = param(params, 'B.weight');
    return tf.sub(tf.transpose(b), b);
  };
  return {
    size,
    layout: onePart('hidden units', [size], ['units']),
    m,
    inject: (params, x) =>
      linear(x, param(params, 'U.weight'), { transposed: true, bias: param(params, 'U.bias') }),
    multiply: (params, z) => linear(z, skew(params), { add: shared(params, z) }),
    multiplyTransposed: (params, z) => linear(z, tf.neg(skew(params)), { add: shared(params, z) }),
    activate: (z) => tf.relu(z),
    resolvent: (params, alpha) =>
      openResolvent(
        tf.tidy(() => {
          const a = param(params, 'A.weight');
          const w = tf.sub(tf.neg(tf.matMul(a, a, true)), skew(params));
          const scaled = tf.sub(tf.mul(tf.eye(size), 1 + alpha * m), tf.mul(w, alpha));
          return tf.reshape(inverse({ re: tf.reshape(scaled, [1, size, size]) }).re, [size, size]);
        }),
      ),
    analyse: (weights) => {
      const s = identityMinusW(weights, size, m);
      const symmetric = Matrix.add(s, s.transpose()).mul(0.5);
      const least = symmetricEigenvalues(symmetric).reduce((a, b) => Math.min(a, b), Infinity);
      const most = symmetricEigenvalues(s.transpose().mmul(s)).reduce((a, b) => Math.max(a, b), 0);
      // Near the end the same units stay active from one iterate to the next.
      let [units, radius] = ['', 0];
      const rows = s.to2DArray();
      return {
        certificate: { smallest: least, lipschitz: Math.sqrt(most) },
        // J = D W with D = diag[f(z) > 0]: its nonzero eigenvalues are those of W between active units.
        radius: (z, injection) => {
          const active = Array.from({ length: size }, (_, i) => i).filter((i) => {
            const row = rows[i] ?? [];
            const away = row.reduce((sum, value, j) => sum + value * (z[j] ?? 0), 0);
            return (z[i] ?? 0) - away + (injection[i] ?? 0) > 0;
          });
          if (active.length === 0) return 0;
          const now = active.join();
          if (now === units) return radius;
          units = now;
          const among = active.map((i) =>
            active.map((j) => (i === j ? 1 : 0) - (rows[i]?.[j] ?? 0)),
          );
          radius = eigenvalues(among).reduce((m, [re, im]) => Math.max(m, Math.hypot(re, im)), 0);
          return radius;
        },
      };
    },
  };
}

function openResolvent(v: tf.Tensor): Resolvent {
  return {
    apply: (y) => tf.matMul(y, v, false, true),
    applyTransposed: (y) => tf.matMul(y, v),
    [Symbol.dispose]: () => {
      v.dispose();
    },
  };
}

const symmetricEigenvalues = (symmetric: Matrix): number[] =>
  new EigenvalueDecomposition(symmetric, { assumeSymmetric: true }).realEigenvalues;

/** I − W = m I + AᵀA − B + Bᵀ, in float64. */
function identityMinusW(weights: HostWeights, size: number, m: number): Matrix {
  const read = (name: string): Matrix =>
    Matrix.from1DArray(size, size, [...Array.from(weights[name]?.data ?? [])]);
  const [a, b] = [read('A.weight'), read('B.weight')];
  const s = a.transpose().mmul(a).sub(b).add(b.transpose());
  return s.add(Matrix.eye(size, size, m));
}
