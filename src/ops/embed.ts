import * as tf from '../tf/index.ts';
import { fusedOn } from '../tf/fused.ts';
import { fusedEmbed } from './wgsl/embed.ts';

/**
 * Rows of `table [vocabulary, width]` for `ids [batch, length]`, as `[batch, length, width]`.
 * By a one-hot product, or a kernel of our own: the gradient of tfjs's `gather` adds in an order that
 * changes from run to run on WebGPU, and the same seed must give the same run.
 */
export function embed(table: tf.Tensor, ids: readonly (readonly number[])[]): tf.Tensor {
  const shape = [ids.length, ids[0]?.length ?? 0];
  if (fusedOn()) return fusedEmbed(table, ids.flat(), shape);
  const [vocabulary = 1, width = 1] = table.shape;
  const rows = tf.matMul(oneHotRows(ids, vocabulary), table);
  return tf.reshape(rows, [...shape, width]);
}

/** One-hot rows `[batch * length, classes]` of `ids [batch, length]`. */
export function oneHotRows(ids: readonly (readonly number[])[], classes: number): tf.Tensor2D {
  // Cast afterwards: asked for float32, tfjs's wasm kernel writes the bits of the integer 1.
  return tf.cast(tf.oneHot(tf.tensor1d(ids.flat(), 'int32'), classes), 'float32') as tf.Tensor2D;
}
