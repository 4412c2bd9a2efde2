import * as tf from '../tf/index.ts';
import { fusedOn } from '../tf/fused.ts';
import { fusedCrossEntropy } from './wgsl/crossEntropy.ts';

/**
 * Mean softmax cross entropy in nats: `logits [rows, classes]` against `targets`, one-hot
 * rows of the same shape. A scalar.
 */
export function softmaxCrossEntropy(logits: tf.Tensor, targets: tf.Tensor): tf.Scalar {
  if (fusedOn()) return fusedCrossEntropy(logits, targets);
  const chosen = tf.sum(tf.mul(logits, targets), -1);
  return tf.mean<tf.Scalar>(tf.sub(tf.logSumExp(logits, -1), chosen));
}
