import { matmulVariant } from '../../tf/fused.ts';
import type * as tf from '../../tf/index.ts';
import { computeOne, type Components, componentsFor, eachOf } from '../../tf/programs.ts';
import { activationFunctions, matrixReader, matrixWriter } from './access.ts';
import { registerLaunch, registerMain } from './registers.ts';
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

/** What is added to a cotangent of x. */
export interface AddedToInput {
  /** `[inner]`. */
  readonly bias?: tf.Tensor | undefined;
  /** Of x's shape, two at most, added in this order. */
  readonly others?: readonly tf.Tensor[];
}

/**
 * Cotangent of x, `dy Wᵀ`, in the given shape, and what is added to it. With a bias it is what a transposed map makes.
 */
export function inputGradient(
  pulled: Pulled,
  weight: tf.Tensor,
  taps: Taps,
  shape: readonly number[],
  { bias, others = [] }: AddedToInput = {},
): tf.Tensor {
  const { rows, length, lead, inner, outer, activation } = taps;
  const across = componentsFor(inner);
  const down = componentsFor(outer);
  const tiled = taps.taps === 1 && matmulVariant() === 'tiles';
  const sourceRows = (rows / length) * (length + lead);
  const result = { name: 'result', columns: 'inner', components: across };
  const write = (sum: string, row: string): string => {
    const terms = others.map((_, i) => `readOther${String(i)}(${row}, column)`);
    const all = [sum, ...(bias ? ['readBias(0, column)'] : []), ...terms];
    return `writeResult(${row}, column, ${all.join(' + ')});`;
  };
  const product = {
    ...{ rows: 'sourceRows', columns: 'inner', terms: 'outer' },
    ...{ left: 'readCotangent', right: 'readWeight', transposed: true, write },
  };
  return computeOne({
    key: `linear dx ${tiled ? 'tiles ' : ''}${across} ${down} ${taps.taps > 1} ${!!bias} ${String(others.length)} ${activation}`,
    reads: {
      ...readsOf(pulled, down),
      weight: [weight, down],
      ...(bias ? { bias: [bias, across] as const } : {}),
      ...Object.fromEntries(others.map((other, i) => [`other${String(i)}`, [other, across]])),
    },
    sizes: { ...tapSizes(taps), sourceRows },
    result: [shape, across],
    ...(tiled ? tileLaunch : registerLaunch)(sourceRows, inner),
    source: () => `
${cotangentReader(pulled, taps, down)}
${matrixReader({ name: 'weight', columns: 'outer', components: down })}
${bias ? matrixReader({ ...result, name: 'bias' }) : ''}
${others.map((_, i) => matrixReader({ ...result, name: `other${String(i)}` })).join('')}
${matrixWriter(result)}
${resultRow(taps)}
${tiled ? tiledMain(product) : registerMain({ ...product, leftRow: 'resultRow' })}`,
  });
}

/** Threads that keep a GPU busy; with fewer, the rows are split among more. */
const enoughThreads = 1024;
/** Rows below which splitting them further gains nothing. */
const fewestRows = 32;
/** Vectors of x, and of dy, whose products a thread makes. */
const vectors = 2;
const each = (line: (vector: number) => string): string => eachOf(vectors, line);

/**
 * Cotangent of the weight, `xᵀ dy`. A thread makes 8 × 8 numbers from a stretch of rows; the
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
  const side = 4 * vectors;
  const blocks = taps.taps * Math.ceil(inner / side) * Math.ceil(outer / side);
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
  let across = (columns + ${vectors - 1}) / ${vectors};
  let down = (depth + ${vectors - 1}) / ${vectors};
  let column = index % across * ${vectors};
  let k = index / across % down * ${vectors};
  let tap = index / (across * down) % uniforms.taps;
  let part = index / (across * down * uniforms.taps);
  let first = part * uniforms.span;
  if (first >= uniforms.rows) { return; }
  let end = min(first + uniforms.span, uniforms.rows);
  // Vectors past the end repeat the last one and are not written.
  ${each((v) => `let k${v} = min(k + ${v}, depth - 1);`)}
  ${each((v) => `let column${v} = min(column + ${v}, columns - 1);`)}
  ${each((a) => each((g) => eachOf(4, (i) => `var dw${a}${i}_${g} = vec4<f32>(0.0);`)))}
  for (var row = first; row < end; row++) {
    let source = sourceRow(row, tap);
    ${each((v) => `let a${v} = readX(source, k${v});`)}
    ${each((v) => `let g${v} = readCotangent(row, column${v});`)}
    ${each((a) => each((g) => eachOf(4, (i) => `dw${a}${i}_${g} += a${a}[${i}] * g${g};`)))}
  }
  let top = (part * uniforms.taps + tap) * uniforms.inner;
  ${each(
    (a) => `if (k + ${a} < depth) {
    let at = top + 4 * k${a};
    let left = uniforms.inner - 4 * k${a};
    ${eachOf(
      4,
      (i) => `if (left > ${i}) {
      ${each((g) => `if (column + ${g} < columns) { writeResult(at + ${i}, column${g}, dw${a}${i}_${g}); }`)}
    }`,
    )}
  }`,
  )}
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
