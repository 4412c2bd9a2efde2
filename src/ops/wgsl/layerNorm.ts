import * as tf from '../../tf/index.ts';
import { compute, computeOne, typeOf, type Launch, componentsFor } from '../../tf/programs.ts';
import { defineOperation } from '../../tf/operation.ts';
import { total } from './access.ts';

interface Attributes {
  readonly epsilon: number;
}
type Inputs = Readonly<Record<'x', tf.Tensor> & Partial<Record<'residual', tf.Tensor>>>;

/** One thread a row: `y = (x − mean) / √(variance + ε)`, and the factor `scales [rows]` apart. */
function forward({ x, residual }: Inputs, { epsilon }: Attributes): Launch {
  const width = x.shape.at(-1) ?? 1;
  const rows = x.size / width;
  const components = componentsFor(width);
  const type = typeOf(components);
  const value = residual ? 'x[at] + residual[at]' : 'x[at]';
  return {
    key: `layerNorm ${components} ${!!residual} ${epsilon}`,
    reads: {
      x: [x, components],
      ...(residual ? { residual: [residual, components] as const } : {}),
    },
    sizes: { rows, columns: width / components, width },
    result: [x.shape, components],
    also: { scales: [[rows], 1] },
    threads: rows,
    source: () => `
fn main(row: i32) {
  if (row >= uniforms.rows) { return; }
  let first = row * uniforms.columns;
  let end = first + uniforms.columns;
  var sum = ${type}(0.0);
  for (var at = first; at < end; at++) { sum += ${value}; }
  let mean = ${total(components, 'sum')} / f32(uniforms.width);
  // A second pass: the difference of two large sums would lose the digits.
  var squares = ${type}(0.0);
  for (var at = first; at < end; at++) {
    let centred = ${value} - mean;
    squares += centred * centred;
  }
  let scale = inverseSqrt(${total(components, 'squares')} / f32(uniforms.width) + ${epsilon});
  for (var at = first; at < end; at++) { result[at] = (${value} - mean) * scale; }
  scales[row] = scale;
}`,
  };
}

/** `dx = scale (dy − mean(dy) − y mean(dy y))`, one thread a row. */
function backward(dy: tf.Tensor, y: tf.Tensor, scales: tf.Tensor): Launch {
  const width = y.shape.at(-1) ?? 1;
  const rows = y.size / width;
  const components = componentsFor(width);
  const type = typeOf(components);
  return {
    key: `layerNorm dx ${components}`,
    reads: { dy: [dy, components], y: [y, components], scales: [scales, 1] },
    sizes: { rows, columns: width / components, width },
    result: [y.shape, components],
    threads: rows,
    source: () => `
fn main(row: i32) {
  if (row >= uniforms.rows) { return; }
  let first = row * uniforms.columns;
  let end = first + uniforms.columns;
  var sum = ${type}(0.0);
  var along = ${type}(0.0);
  for (var at = first; at < end; at++) {
    sum += dy[at];
    along += dy[at] * y[at];
  }
  let mean = ${total(components, 'sum')} / f32(uniforms.width);
  let slope = ${total(components, 'along')} / f32(uniforms.width);
  for (var at = first; at < end; at++) {
    result[at] = scales[row] * (dy[at] - mean - slope * y[at]);
  }
}`,
  };
}

/** Keeps the result and one number a row; neither x nor the residual. */
const operation = defineOperation<'x' | 'residual', Attributes>({
  name: 'DeqLayerNorm',
  on: ['webgpu'],
  saves: { inputs: [], outputs: [true, true] },
  run: (inputs, attributes) => compute(forward(inputs, attributes)),
  pull: (dy, [y, scales]) => {
    // Both inputs have the same cotangent: made once, shared by two handles.
    const dx = computeOne(backward(dy, y as tf.Tensor, scales as tf.Tensor));
    return { x: () => tf.clone(dx), residual: () => tf.clone(dx) };
  },
});

/** Layer norm of `x`, or of `x + residual`, over the last axis in one dispatch. */
export const fusedLayerNorm = (
  x: tf.Tensor,
  residual: tf.Tensor | undefined,
  epsilon: number,
): tf.Tensor => operation({ x, residual }, { epsilon });
