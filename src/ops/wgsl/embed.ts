import * as tf from '../../tf/index.ts';
import { computeOne, typeOf, componentsFor } from '../../tf/programs.ts';
import { defineOperation } from '../../tf/operation.ts';

interface Attributes {
  readonly ids: readonly number[];
  readonly shape: readonly number[];
}

/** `rows[n] = table[ids[n]]`, one thread an element. */
function gather(table: tf.Tensor, { ids, shape }: Attributes): tf.Tensor {
  const [, width = 1] = table.shape;
  const components = componentsFor(width);
  const columns = width / components;
  return computeOne({
    key: `embed ${components}`,
    reads: { table: [table, components], ids: [tf.tensor1d([...ids], 'int32'), 1] },
    sizes: { columns, count: ids.length },
    result: [[...shape, width], components],
    threads: ids.length * columns,
    source: () => `
fn main(index: i32) {
  let row = index / uniforms.columns;
  if (row >= uniforms.count) { return; }
  result[index] = table[ids[row] * uniforms.columns + index % uniforms.columns];
}`,
  });
}

/** Where each id occurs: the places, sorted by id, and where each id's begin. */
function occurrences(
  ids: readonly number[],
  vocabulary: number,
): { starts: number[]; places: number[] } {
  const starts = Array<number>(vocabulary + 1).fill(0);
  for (const id of ids) starts[id + 1] = (starts[id + 1] ?? 0) + 1;
  for (let id = 0; id < vocabulary; id++)
    starts[id + 1] = (starts[id + 1] ?? 0) + (starts[id] ?? 0);
  const places = [...ids.keys()].sort((a, b) => (ids[a] ?? 0) - (ids[b] ?? 0));
  return { starts, places };
}

/**
 * Cotangent of the table: each of its rows adds the cotangents of the places where its id occurs,
 * in their order. The ids are known on the host, so the device need not search for them.
 */
function scatter(dy: tf.Tensor, ids: readonly number[], table: readonly number[]): tf.Tensor {
  const [vocabulary = 1, width = 1] = table;
  const components = componentsFor(width);
  const columns = width / components;
  const { starts, places } = occurrences(ids, vocabulary);
  return computeOne({
    key: `embed dtable ${components}`,
    reads: {
      dy: [dy, components],
      starts: [tf.tensor1d(starts, 'int32'), 1],
      places: [tf.tensor1d(places, 'int32'), 1],
    },
    sizes: { columns, vocabulary },
    result: [table, components],
    threads: vocabulary * columns,
    source: () => `
fn main(index: i32) {
  let id = index / uniforms.columns;
  if (id >= uniforms.vocabulary) { return; }
  var sum = ${typeOf(components)}(0.0);
  for (var n = starts[id]; n < starts[id + 1]; n++) {
    sum += dy[places[n] * uniforms.columns + index % uniforms.columns];
  }
  result[index] = sum;
}`,
  });
}

/** The tape keeps no tensor: the ids are on the host. */
const operation = defineOperation<'table', Attributes & { readonly table: readonly number[] }>({
  name: 'DeqEmbed',
  on: ['webgpu'],
  saves: { inputs: [], outputs: [false] },
  run: ({ table }, attributes) => [gather(table, attributes)],
  pull: (dy, _, { ids, table }) => ({ table: () => scatter(dy, ids, table) }),
});

/** Rows of `table [vocabulary, width]` for ids in row-major order of `shape`, `[...shape, width]`. */
export const fusedEmbed = (
  table: tf.Tensor,
  ids: readonly number[],
  shape: readonly number[],
): tf.Tensor => operation({ table }, { ids, shape, table: table.shape });
