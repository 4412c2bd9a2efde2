import type * as tf from '../../tf/index.ts';
import { computeOne, typeOf, componentsFor } from '../../tf/programs.ts';
import { activationFunctions, type Activation } from './access.ts';

/** Rows that one thread adds. */
const span = 64;

/**
 * Sum of `x [rows, width]` over its rows, in the given shape. Threads add stretches of rows and the
 * sums are added the same way, so that the order, and with it every bit, is always the same. With
 * an activation x is a cotangent of its result `y`, and is pulled back through it first.
 */
export function sumRows(
  x: tf.Tensor,
  shape: readonly number[],
  activated?: { readonly activation: Activation; readonly y: tf.Tensor },
): tf.Tensor {
  const width = shape.reduce((a, b) => a * b, 1);
  const rows = x.size / width;
  const parts = Math.ceil(rows / span);
  const components = componentsFor(width);
  const type = typeOf(components);
  const columns = width / components;
  const sums = computeOne({
    key: `sumRows ${components} ${activated?.activation}`,
    reads: {
      x: [x, components],
      ...(activated ? { y: [activated.y, components] as const } : {}),
    },
    sizes: { rows, columns, span },
    result: [parts === 1 ? shape : [parts, width], components],
    threads: parts * columns,
    source: () => `
${activationFunctions(activated?.activation, components)}
fn main(index: i32) {
  let column = index % uniforms.columns;
  let first = index / uniforms.columns * uniforms.span;
  if (first >= uniforms.rows) { return; }
  let end = min(first + uniforms.span, uniforms.rows);
  var sum = ${type}(0.0);
  for (var row = first; row < end; row++) {
    let at = row * uniforms.columns + column;
    sum += ${activated ? 'pulled(x[at], y[at])' : 'x[at]'};
  }
  result[index] = sum;
}`,
  });
  return parts === 1 ? sums : sumRows(sums, shape);
}
