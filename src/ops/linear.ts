import * as tf from '../tf/index.ts';
import { fusedOn } from '../tf/fused.ts';
import { fusedLinear } from './wgsl/linear.ts';

/** What may be fused behind the product. */
export interface LinearOptions {
  /** `[out]`. */
  readonly bias?: tf.Tensor;
  /** Added to the product, same shape as the result: an injection or a residual. */
  readonly add?: tf.Tensor;
  readonly activation?: 'relu' | 'tanh';
}

/** `activation(x W + bias + add)` over the last axis: `x [..., in]`, `W [in, out]` → `[..., out]`. */
export function linear(
  x: tf.Tensor,
  weight: tf.Tensor,
  { bias, add, activation }: LinearOptions = {},
): tf.Tensor {
  if (fusedOn()) return fusedLinear({ x, weight, bias, add }, { activation });
  const width = x.shape.at(-1) ?? 1;
  const out = weight.shape[1] ?? 1;
  const product = tf.matMul(tf.reshape<tf.Rank.R2>(x, [x.size / width, width]), weight);
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
