import * as tf from '../tf/index.ts';
import { fusedOn } from '../tf/fused.ts';
import { fusedLinear } from './wgsl/linear.ts';
import { fusedLinearTransposed } from './wgsl/linearTransposed.ts';

/** What may be fused behind the product. */
export interface LinearOptions {
  /** `[out]`. */
  readonly bias?: tf.Tensor;
  /** Added to the product, same shape as the result: an injection or a residual. */
  readonly add?: tf.Tensor;
  readonly activation?: 'relu' | 'tanh';
  readonly transposed?: false;
}

/** What may be fused when the weight is kept as `[out, in]`: a head that is the embedding. */
export interface TransposedOptions {
  readonly transposed: true;
  /** `[out]`. */
  readonly bias?: tf.Tensor;
  readonly add?: never;
  readonly activation?: never;
}

/**
 * `activation(x W + bias + add)` over the last axis: `x [..., in]`, `W [in, out]` → `[..., out]`; or
 * transposed, `x Wᵀ + bias` with `W [out, in]`.
 */
export function linear(
  x: tf.Tensor,
  weight: tf.Tensor,
  { transposed = false, bias, add, activation }: LinearOptions | TransposedOptions = {},
): tf.Tensor {
  if (fusedOn())
    return transposed
      ? fusedLinearTransposed({ x, weight, bias })
      : fusedLinear({ x, weight, bias, add }, { activation });
  const width = x.shape.at(-1) ?? 1;
  const out = weight.shape[transposed ? 0 : 1] ?? 1;
  const rows = tf.reshape<tf.Rank.R2>(x, [x.size / width, width]);
  const product = tf.matMul(rows, weight, false, transposed);
  let y = tf.reshape(bias ? tf.add(product, bias) : product, [...x.shape.slice(0, -1), out]);
  if (add) y = tf.add(y, add);
  switch (activation) {
    case 'relu':
      return tf.relu(y);
    case 'tanh':
      return tf.tanh(y);
    case undefined:
    default:
      return y;
  }
}
