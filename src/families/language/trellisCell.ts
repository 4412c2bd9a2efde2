import { causalConvolution } from '../../ops/causalConvolution.ts';
import { drop } from '../../ops/dropout.ts';
import { lstmGates } from '../../ops/lstmGates.ts';
import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';

/** What the cell needs beside its parameters. H is the width of h and of c. */
export interface TrellisContext {
  /** Convolved embedding and both biases `[batch, L, 4 H]`. */
  readonly injection: tf.Tensor;
  /** State `[h0, c0]` that stands before the first position `[batch, 1, 2 H]`; absent is zero. */
  readonly history?: tf.Tensor | undefined;
  /** Dropout masks; the cell uses `hidden` `[batch, 1, H]`, on what enters the convolution. */
  readonly masks?: Params | undefined;
}

/** Convolution of the embedded tokens, and all that does not depend on z: `[batch, L, 4 H]`. */
export function trellisInjection(params: Params, embedded: tf.Tensor): tf.Tensor {
  // The bias of the state's convolution is added here, once a solve.
  const bias = tf.add(param(params, 'inject.bias'), param(params, 'state.bias'));
  return causalConvolution(embedded, param(params, 'inject.weight'), { bias });
}

/**
 * The DEQ-TrellisNet cell: `z = [h, c]` along features, `[batch, L, 2 H]` → the same shape.
 * Gates from a causal convolution of h plus the injection; each position takes over the cell of the
 * position before it:
 *
 * `c'_t = σ(f) c_(t−1) + σ(i) tanh(g)`, `h'_t = σ(o) tanh(c'_t)`.
 *
 * Bai, Kolter, Koltun 2019 (TrellisNet, ICLR; DEQ, NeurIPS, section 4.1); the first public
 * locuslab/deq, `TrellisNetLSTMLayer`, without weight norm.
 */
export function trellisCell(
  params: Params,
  { injection, history, masks }: TrellisContext,
  z: tf.Tensor,
): tf.Tensor {
  const [h, c] = halves(z);
  const [h0, c0] = history ? halves(history) : [];
  const gates = causalConvolution(drop(h, masks, 'hidden'), param(params, 'state.weight'), {
    add: injection,
    history: h0 && drop(h0, masks, 'hidden'),
  });
  return lstmGates(gates, shift(c, c0));
}

function halves(z: tf.Tensor): [tf.Tensor, tf.Tensor] {
  const [h, c] = tf.split(z, 2, 2);
  if (!h || !c) throw new Error('The state of a TrellisNet has two halves.');
  return [h, c];
}

/** Every position takes the value of the one before; the first takes `first`, or zero. */
function shift(x: tf.Tensor, first: tf.Tensor | undefined): tf.Tensor {
  const [batch = 1, length = 1, width = 1] = x.shape;
  // A slice of no positions would be an empty tensor, which not every backend takes.
  if (length === 1) return first ?? tf.zerosLike(x);
  const others = tf.slice(x, [0, 0, 0], [batch, length - 1, width]);
  if (first) return tf.concat([first, others], 1);
  return tf.pad(others, [
    [0, 0],
    [1, 0],
    [0, 0],
  ]);
}
