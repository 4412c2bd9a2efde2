import * as tf from '../tf/index.ts';
import { fusedOn } from '../tf/fused.ts';
import { fusedLstmGates } from './wgsl/lstmGates.ts';

/**
 * The gated part of an LSTM: pre-activations `gates [batch, length, 4 H]`, side by side as input,
 * output, candidate and forget gate, and the cell `c [batch, length, H]` that each position
 * inherits → `[h, c']` along features, `[batch, length, 2 H]`:
 *
 * `c' = σ(f) c + σ(i) tanh(g)`, `h = σ(o) tanh(c')`.
 *
 * Hochreiter and Schmidhuber 1997, with forget gates; the order i, o, g, f is locuslab/trellisnet's.
 */
export function lstmGates(gates: tf.Tensor, c: tf.Tensor): tf.Tensor {
  if (fusedOn()) return fusedLstmGates(gates, c);
  const [i, o, g, f] = tf.split(gates, 4, 2);
  if (!i || !o || !g || !f) throw new Error('An LSTM needs four gates.');
  const next = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
  return tf.concat([tf.mul(tf.sigmoid(o), tf.tanh(next)), next], 2);
}
