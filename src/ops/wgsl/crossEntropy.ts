import * as tf from '../../tf/index.ts';
import { compute, computeOne, typeOf, type Launch, componentsFor } from '../../tf/programs.ts';
import { defineOperation } from '../../tf/operation.ts';
import { total } from './access.ts';
import { sumRows } from './sumRows.ts';

/** One thread a row: its share of the mean loss, and the logarithm of its softmax's sum. */
function losses(logits: tf.Tensor, targets: tf.Tensor): Launch {
  const [rows = 1, classes = 1] = logits.shape;
  const components = componentsFor(classes);
  const type = typeOf(components);
  return {
    key: `crossEntropy ${components}`,
    reads: { logits: [logits, components], targets: [targets, components] },
    sizes: { rows, columns: classes / components },
    result: [[rows, 1], 1],
    also: { logSums: [[rows], 1] },
    threads: rows,
    source: () => `
fn main(row: i32) {
  if (row >= uniforms.rows) { return; }
  let first = row * uniforms.columns;
  let end = first + uniforms.columns;
  var peaks = logits[first];
  for (var at = first; at < end; at++) { peaks = max(peaks, logits[at]); }
  let peak = ${components === 4 ? 'max(max(peaks.x, peaks.y), max(peaks.z, peaks.w))' : 'peaks'};
  var sum = ${type}(0.0);
  var chosen = ${type}(0.0);
  for (var at = first; at < end; at++) {
    sum += exp(logits[at] - peak);
    chosen += logits[at] * targets[at];
  }
  let logSum = peak + log(${total(components, 'sum')});
  logSums[row] = logSum;
  result[row] = (logSum - ${total(components, 'chosen')}) / f32(uniforms.rows);
}`,
  };
}

/** `dy (softmax(logits) − targets) / rows`, one thread an element. */
function logitsGradient(
  dy: tf.Tensor,
  logits: tf.Tensor,
  targets: tf.Tensor,
  logSums: tf.Tensor,
): Launch {
  const [rows = 1, classes = 1] = logits.shape;
  const components = componentsFor(classes);
  const columns = classes / components;
  return {
    key: `crossEntropy dx ${components}`,
    reads: {
      dy: [dy, 1],
      logits: [logits, components],
      targets: [targets, components],
      logSums: [logSums, 1],
    },
    sizes: { rows, columns },
    result: [logits.shape, components],
    threads: rows * columns,
    source: () => `
fn main(index: i32) {
  let row = index / uniforms.columns;
  if (row >= uniforms.rows) { return; }
  let chance = exp(logits[index] - logSums[row]);
  result[index] = dy[0] / f32(uniforms.rows) * (chance - targets[index]);
}`,
  };
}

/** The tape keeps the logits, the targets and one number a row. */
const operation = defineOperation<'logits' | 'targets', object>({
  name: 'DeqCrossEntropy',
  on: ['webgpu'],
  saves: { inputs: ['logits', 'targets'], outputs: [false, true] },
  run: ({ logits, targets }) => {
    const [rows, logSums] = compute(losses(logits, targets)) as [tf.Tensor, tf.Tensor];
    return [sumRows(rows, []), logSums];
  },
  pull: (dy, saved) => {
    const [logits, targets, logSums] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
    const [rows = 1] = logits.shape;
    return {
      logits: () => computeOne(logitsGradient(dy, logits, targets, logSums)),
      targets: () => tf.mul(tf.mul(logits, dy), -1 / rows),
    };
  },
});

/** Mean softmax cross entropy `[rows, classes]` in two dispatches, or three past 64 rows. */
export const fusedCrossEntropy = (logits: tf.Tensor, targets: tf.Tensor): tf.Scalar =>
  operation({ logits, targets }, {}) as tf.Scalar;
