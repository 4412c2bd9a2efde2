import * as tf from '../tf/index.ts';
import { fusedOn } from '../tf/fused.ts';
import { linear, type LinearOptions } from './linear.ts';
import { fusedLinear } from './wgsl/linear.ts';

/** What a causal convolution may be given beside its weight. */
export interface CausalConvolutionOptions extends LinearOptions {
  /** What stands before the first position, repeated `[batch, 1, in]`; absent stands for zeros. */
  readonly history?: tf.Tensor | undefined;
}

/**
 * Causal convolution over positions: `x [batch, length, in]`, `weight [kernel · in, out]` with the
 * oldest tap first → `[batch, length, out]`. Position t sees t − kernel + 1 … t. What `linear`
 * fuses is fused here too.
 *
 * The taps are laid side by side along the features and multiplied in one product, since a GPU is
 * kept waiting by many small kernels rather than by one of `kernel` times the width.
 */
export function causalConvolution(
  x: tf.Tensor,
  weight: tf.Tensor,
  { history, ...fused }: CausalConvolutionOptions = {},
): tf.Tensor {
  const [batch = 1, length = 1, width = 1] = x.shape;
  const [taps = width] = weight.shape;
  const kernel = taps / width;
  if (kernel === 1) return linear(x, weight, fused);
  const before = kernel - 1;
  const preceded = history && tf.concat([...Array<tf.Tensor>(before).fill(history), x], 1);
  if (fusedOn())
    return fusedLinear(
      { x: preceded ?? x, weight, bias: fused.bias, add: fused.add },
      { activation: fused.activation, taps: kernel, lead: preceded ? before : 0 },
    );
  const padded =
    preceded ??
    tf.pad(x, [
      [0, 0],
      [before, 0],
      [0, 0],
    ]);
  const older = Array.from({ length: before }, (_, tap) =>
    tf.slice(padded, [0, tap, 0], [batch, length, width]),
  );
  return linear(tf.concat([...older, x], 2), weight, fused);
}
