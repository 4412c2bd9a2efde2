import type * as tf from '../../tf/index.ts';
import { compute, typeOf, type Launch, componentsFor } from '../../tf/programs.ts';
import { defineOperation } from '../../tf/operation.ts';
import { tangent } from './access.ts';

/** What both directions compute first, for one position's features. */
const cell = (type: string): string => `
${tangent(type)}
fn sigmoid(x: ${type}) -> ${type} { return ${type}(1.0) / (${type}(1.0) + exp(-x)); }
fn gateAt(index: i32) -> i32 {
  return index / uniforms.columns * 4 * uniforms.columns + index % uniforms.columns;
}
fn stateAt(index: i32) -> i32 {
  return index / uniforms.columns * 2 * uniforms.columns + index % uniforms.columns;
}`;

const gatesOf = `
  let at = gateAt(index);
  let i = sigmoid(gates[at]);
  let o = sigmoid(gates[at + uniforms.columns]);
  let g = hyperbolicTangent(gates[at + 2 * uniforms.columns]);
  let f = sigmoid(gates[at + 3 * uniforms.columns]);
  let next = f * c[index] + i * g;`;

/** `[h, c']` from gates and the inherited cell, one thread an element. */
function forward(gates: tf.Tensor, c: tf.Tensor): Launch {
  const [batch = 1, length = 1, width = 1] = c.shape;
  const components = componentsFor(width);
  const elements = c.size / components;
  return {
    key: `lstm ${components}`,
    reads: { gates: [gates, components], c: [c, components] },
    sizes: { columns: width / components, elements },
    result: [[batch, length, 2 * width], components],
    threads: elements,
    source: () => `
${cell(typeOf(components))}
fn main(index: i32) {
  if (index >= uniforms.elements) { return; }
  ${gatesOf}
  let to = stateAt(index);
  result[to] = o * hyperbolicTangent(next);
  result[to + uniforms.columns] = next;
}`,
  };
}

/** Cotangents of the gates, and of the inherited cell. */
function backward(dy: tf.Tensor, gates: tf.Tensor, c: tf.Tensor): Launch {
  const width = c.shape.at(-1) ?? 1;
  const components = componentsFor(width);
  const elements = c.size / components;
  const one = `${typeOf(components)}(1.0)`;
  return {
    key: `lstm dx ${components}`,
    reads: { dy: [dy, components], gates: [gates, components], c: [c, components] },
    sizes: { columns: width / components, elements },
    result: [gates.shape, components],
    also: { dc: [c.shape, components] },
    threads: elements,
    source: () => `
${cell(typeOf(components))}
fn main(index: i32) {
  if (index >= uniforms.elements) { return; }
  ${gatesOf}
  let bounded = hyperbolicTangent(next);
  let direct = dy[stateAt(index)];
  let through = dy[stateAt(index) + uniforms.columns] + direct * o * (${one} - bounded * bounded);
  result[at] = through * g * i * (${one} - i);
  result[at + uniforms.columns] = direct * bounded * o * (${one} - o);
  result[at + 2 * uniforms.columns] = through * i * (${one} - g * g);
  result[at + 3 * uniforms.columns] = through * c[index] * f * (${one} - f);
  dc[index] = through * f;
}`,
  };
}

/** The tape keeps the inputs. */
const operation = defineOperation<'gates' | 'c', object>({
  name: 'DeqLstmGates',
  on: ['webgpu'],
  saves: { inputs: ['gates', 'c'], outputs: [false] },
  run: ({ gates, c }) => compute(forward(gates, c)),
  pull: (dy, saved) => {
    const [gates, c] = saved as [tf.Tensor, tf.Tensor];
    const [dgates, dc] = compute(backward(dy, gates, c)) as [tf.Tensor, tf.Tensor];
    return { gates: () => dgates.clone(), c: () => dc.clone() };
  },
});

/** The gated part of an LSTM in one dispatch. */
export const fusedLstmGates = (gates: tf.Tensor, c: tf.Tensor): tf.Tensor =>
  operation({ gates, c }, {});
