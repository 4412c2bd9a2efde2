import { matmulVariant } from '../../tf/fused.ts';
import type * as tf from '../../tf/index.ts';
import { computeOne, type Components, componentsFor } from '../../tf/programs.ts';
import {
  activationFunctions,
  eachOfFour as each,
  four,
  matrixReader,
  matrixWriter,
} from './access.ts';
import { sumRows } from './sumRows.ts';
import { resultRow, sourceRow, tapSizes, type Taps } from './taps.ts';
import { tiledMain, tileLaunch } from './tiles.ts';

/** A cotangent of y, and y itself where an activation needs it for its derivative. */
export interface Pulled {
  readonly dy: tf.Tensor;
  readonly y?: tf.Tensor | undefined;
}

type Reads = Record<string, readonly [tf.Tensor, Components]>;

const readsOf = ({ dy, y }: Pulled, components: Components): Reads => ({
  dy: [dy, components],
  ...(y ? { y: [y, components] as const } : {}),
});

/** `fn readCotangent(row, column4)`: dy, pulled back through the activation. */
const cotangentReader = (
  { y }: Pulled,
  { activation, taps }: Taps,
  components: Components,
): string => {
  const access = { name: 'dy', columns: 'outer', components };
  return `
${matrixReader(access, taps > 1)}
${y ? matrixReader({ ...access, name: 'y' }, taps > 1) : ''}
${activationFunctions(activation, 4)}
fn readCotangent(row: i32, column4: i32) -> vec4<f32> {
  return ${y ? 'pulled(readDy(row, column4), readY(row, column4))' : 'readDy(row, column4)'};
}`;
};

/**
 * Cotangent of x, `dy Wᵀ`, in the given shape. With a bias `[inner]` to add it is what a transposed
 * map makes.
 */
export function inputGradient(
  pulled: Pulled,
  weight: tf.Tensor,
  taps: Taps,
  shape: readonly number[],
  bias?: tf.Tensor,
): tf.Tensor {
  const { rows, length, lead, inner, outer, activation } = taps;
  const across = componentsFor(inner);
  const down = componentsFor(outer);
  const tiled = taps.taps === 1 && matmulVariant() === 'tiles';
  const sourceRows = (rows / length) * (length + lead);
  const result = { name: 'result', columns: 'inner', components: across };
  const write = (sum: string, row: string): string =>
    `writeResult(${row}, column, ${sum}${bias ? ' + readBias(0, column)' : ''});`;
  return computeOne({
    key: `linear dx ${tiled ? 'tiles ' : ''}${across} ${down} ${taps.taps > 1} ${!!bias} ${activation}`,
    reads: {
      ...readsOf(pulled, down),
      weight: [weight, down],
      ...(bias ? { bias: [bias, across] as const } : {}),
    },
    sizes: { ...tapSizes(taps), sourceRows },
    result: [shape, across],
    ...(tiled
      ? tileLaunch(sourceRows, inner)
      : { threads: Math.ceil(sourceRows / 4) * Math.ceil(inner / 4) }),
    source: () => `
${cotangentReader(pulled, taps, down)}
${matrixReader({ name: 'weight', columns: 'outer', components: down })}
${bias ? matrixReader({ ...result, name: 'bias' }) : ''}
${matrixWriter(result)}
${
  tiled
    ? tiledMain({
        ...{ rows: 'sourceRows', columns: 'inner', terms: 'outer' },
        ...{ left: 'readCotangent', right: 'readWeight', transposed: true },
        write: (sum) => write(sum, 'row'),
      })
    : registerMain(taps, write)
}`,
  });
}

/** A thread makes 4 rows × 4 columns of `dy Wᵀ` in registers. */
const registerMain = (taps: Taps, write: (sum: string, row: string) => string): string => `
${resultRow(taps)}
fn main(index: i32) {
  let columns = (uniforms.inner + 3) >> 2u;
  let steps = (uniforms.outer + 3) >> 2u;
  let column = index % columns;
  let row = index / columns * 4;
  if (row >= uniforms.sourceRows) { return; }
  let last = uniforms.sourceRows - 1;
  ${each((r) => `var dx${r} = vec4<f32>(0.0);`)}
  for (var tap = 0; tap < uniforms.taps; tap++) {
    ${each((r) => `let to${r} = resultRow(min(row + ${r}, last), tap);`)}
    let at = tap * uniforms.inner + 4 * column;
    let end = (tap + 1) * uniforms.inner - 1;
    for (var k = 0; k < steps; k++) {
      let block = mat4x4<f32>(${four.map((i) => `readWeight(min(at + ${i}, end), k)`).join(', ')});
      ${each((r) => `dx${r} += readCotangent(to${r}, k) * block;`)}
    }
  }
  ${each((r) => `if (row + ${r} <= last) { ${write(`dx${r}`, `row + ${r}`)} }`)}
}`;

/** Threads that keep a GPU busy; with fewer, the rows are split among more. */
const enoughThreads = 2048;
/** Rows below which splitting them further gains nothing. */
const fewestRows = 32;

/**
 * Cotangent of the weight, `xᵀ dy`. A thread makes 4 × 4 numbers from a stretch of rows; the
 * stretches are added afterwards, always in the same order.
 */
export function weightGradient(
  pulled: Pulled,
  x: tf.Tensor,
  taps: Taps,
  shape: readonly number[],
): tf.Tensor {
  const { rows, inner, outer, activation } = taps;
  const across = componentsFor(inner);
  const down = componentsFor(outer);
  const blocks = taps.taps * Math.ceil(inner / 4) * Math.ceil(outer / 4);
  const wanted = Math.min(Math.ceil(enoughThreads / blocks), Math.ceil(rows / fewestRows));
  const span = Math.ceil(rows / wanted);
  const parts = Math.ceil(rows / span);
  const sums = computeOne({
    key: `linear dw ${across} ${down} ${taps.taps > 1} ${activation}`,
    reads: { ...readsOf(pulled, down), x: [x, across] },
    sizes: { ...tapSizes(taps), span },
    result: [parts === 1 ? shape : [parts, ...shape], down],
    threads: parts * blocks,
    source: () => `
${cotangentReader(pulled, taps, down)}
${matrixReader({ name: 'x', columns: 'inner', components: across }, taps.taps > 1)}
${matrixWriter({ name: 'result', columns: 'outer', components: down })}
${sourceRow(taps)}
fn main(index: i32) {
  let columns = (uniforms.outer + 3) >> 2u;
  let depth = (uniforms.inner + 3) >> 2u;
  let column = index % columns;
  let k = index / columns % depth;
  let tap = index / (columns * depth) % uniforms.taps;
  let part = index / (columns * depth * uniforms.taps);
  let first = part * uniforms.span;
  if (first >= uniforms.rows) { return; }
  let end = min(first + uniforms.span, uniforms.rows);
  ${each((i) => `var dw${i} = vec4<f32>(0.0);`)}
  for (var row = first; row < end; row++) {
    let a = readX(sourceRow(row, tap), k);
    let g = readCotangent(row, column);
    ${each((i) => `dw${i} += a[${i}] * g;`)}
  }
  let at = (part * uniforms.taps + tap) * uniforms.inner + 4 * k;
  let left = uniforms.inner - 4 * k;
  ${each((i) => `if (left > ${i}) { writeResult(at + ${i}, column, dw${i}); }`)}
}`,
  });
  return parts === 1 ? sums : sumRows(sums, shape);
}

/** dy pulled back through the activation alone: the cotangent of what was added. */
export function additionGradient({ dy, y }: Pulled, { outer, activation }: Taps): tf.Tensor {
  const components = componentsFor(outer);
  const elements = dy.size / components;
  return computeOne({
    key: `linear activation ${components} ${activation}`,
    reads: readsOf({ dy, y }, components),
    sizes: { elements },
    result: [dy.shape, components],
    threads: elements,
    source: () => `
${activationFunctions(activation, components)}
fn main(index: i32) {
  if (index >= uniforms.elements) { return; }
  result[index] = pulled(dy[index], y[index]);
}`,
  });
}
