import { linear } from '../../ops/linear.ts';
import type * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';

/** x U + b, the part of the cell that x alone decides: `x [batch, in]` → `[batch, width]`. */
export function tanhInjection(params: Params, x: tf.Tensor): tf.Tensor {
  return linear(x, param(params, 'input.weight'), { bias: param(params, 'input.bias') });
}

/**
 * `f(z, x) = tanh(z W + x U + b)`, the smallest cell there is: `z [batch, width]`, the
 * injection of the same shape. Contractive where ‖W‖₂ < 1.
 */
export function tanhCell(params: Params, injection: tf.Tensor, z: tf.Tensor): tf.Tensor {
  return linear(z, param(params, 'state.weight'), { add: injection, activation: 'tanh' });
}
