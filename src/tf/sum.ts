import { fusedOn } from './fused.ts';
import * as tf from './index.ts';
import { componentsFor, computeOne } from './programs.ts';

/** Buffers that a kernel may bind, less its result and its sizes. */
const most = 7;

/**
 * The sum of tensors of one shape, added from the first to the last; the caller owns it. With fused kernels one dispatch that
 * reads four numbers at a time, where `addN` reads one and works out its place.
 */
export function sumOf(terms: readonly tf.Tensor[]): tf.Tensor {
  const [first, second] = terms;
  if (first && second && terms.length === 2) return tf.add(first, second);
  if (!first || !fusedOn() || terms.length > most) return tf.addN([...terms]);
  const components = componentsFor(first.size);
  const n = first.size / components;
  return computeOne({
    key: `sum ${String(terms.length)} ${String(components)}`,
    reads: Object.fromEntries(terms.map((term, i) => [`term${String(i)}`, [term, components]])),
    sizes: { n },
    result: [first.shape, components],
    threads: n,
    source: () => `
fn main(index: i32) {
  if (index < uniforms.n) { result[index] = ${terms.map((_, i) => `term${String(i)}[index]`).join(' + ')}; }
}`,
  });
}
