import * as tf from '../tf/index.ts';
import { fusedOn } from '../tf/fused.ts';
import { fusedAttention } from './wgsl/attention.ts';

/** Inputs of `relativeAttention`. K = memory + length keys; the queries are the last L of them. */
export interface RelativeAttentionInputs {
  /** Queries, keys and values side by side `[batch, K, 3 d]`. */
  readonly qkv: tf.Tensor;
  /** Projected position embeddings `[K, d]`, for the distances K − 1 … 0. */
  readonly positions: tf.Tensor;
  /** Added to the queries against keys, r_w_bias `[heads, d / heads]`. */
  readonly contentBias: tf.Tensor;
  /** Added to the queries against positions, r_r_bias `[heads, d / heads]`. */
  readonly positionBias: tf.Tensor;
  /** Queries L. */
  readonly length: number;
}

/**
 * Causal attention with relative positions: `[batch, L, d]`.
 *
 * `s_ij = ((q_i + b_w)·k_j + (q_i + b_r)·r_(i−j)) / √(d / heads)`, for keys not after the query.
 * Transformer-XL, Dai et al. 2019, section 3.3; locuslab/deq, `RelPartialLearnableDecoderLayer`.
 */
export function relativeAttention({
  qkv,
  positions,
  contentBias,
  positionBias,
  length,
}: RelativeAttentionInputs): tf.Tensor {
  if (fusedOn()) return fusedAttention({ qkv, positions, contentBias, positionBias, length });
  const [batch = 1, keys = 1, width3 = 3] = qkv.shape;
  const width = width3 / 3;
  const [heads = 1, size = width] = contentBias.shape;
  const [q, k, v] = tf.split(qkv, 3, 2);
  if (!q || !k || !v) throw new Error('Attention needs queries, keys and values.');
  const byHead = (x: tf.Tensor): tf.Tensor4D =>
    tf.transpose<tf.Tensor4D>(tf.reshape(x, [batch, x.shape[1] ?? 1, heads, size]), [0, 2, 1, 3]);

  const queries = byHead(tf.slice(q, [0, keys - length, 0], [batch, length, width]));
  const biased = (bias: tf.Tensor): tf.Tensor =>
    tf.add(queries, tf.reshape(bias, [1, heads, 1, size]));
  const r = tf.transpose(tf.reshape(positions, [keys, heads, size]), [1, 0, 2]);

  const content = tf.matMul(biased(contentBias), byHead(k), false, true);
  // One product for all samples: position scores share r over the batch.
  const rows = tf.reshape(tf.transpose(biased(positionBias), [1, 0, 2, 3]), [
    heads,
    batch * length,
    size,
  ]);
  const distance = tf.transpose(
    tf.reshape(tf.matMul(rows, r, false, true), [heads, batch, length, keys]),
    [1, 0, 2, 3],
  );
  const scores = tf.div(tf.add(content, relativeShift(distance)), Math.sqrt(size));
  const mask = tf.tensor(causalMask(length, keys), [1, 1, length, keys]);
  const weights = tf.softmax(tf.add(scores, mask));
  const mixed = tf.transpose(tf.matMul(weights, byHead(v)), [0, 2, 1, 3]);
  return tf.reshape(mixed, [batch, length, width]);
}

/**
 * Column c of row i holds the score for r_c; move it to key j = c − (L − 1 − i). The trick of
 * Transformer-XL's appendix B: pad one column, read the same numbers with the other row length.
 * What slides in from the next row lies above the diagonal, where the mask covers it.
 */
function relativeShift(x: tf.Tensor): tf.Tensor {
  const [batch = 1, heads = 1, length = 1, keys = 1] = x.shape;
  const padded = tf.pad(x, [
    [0, 0],
    [0, 0],
    [0, 0],
    [1, 0],
  ]);
  const skewed = tf.reshape(padded, [batch, heads, keys + 1, length]);
  return tf.reshape(tf.slice(skewed, [0, 0, 1, 0], [batch, heads, keys, length]), x.shape);
}

/** 0 where key j may be seen by query i, else −1e9: row-major `[length, keys]`. */
function causalMask(length: number, keys: number): Float32Array {
  return Float32Array.from({ length: length * keys }, (_, at) => {
    const query = Math.floor(at / keys) + keys - length;
    return at % keys > query ? -1e9 : 0;
  });
}
