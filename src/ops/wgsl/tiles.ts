/** Products of matrices by workgroups that share what they read. */
import { eachOf, type Launch } from '../../tf/programs.ts';
import { four } from './access.ts';

/** Rows and columns of the result that a workgroup makes. */
const side = 32;
/** Each of its 8 × 8 threads makes 4 rows × 4 columns. */
const workgroup = 64;
/**
 * Groups of four terms that are staged at a time, so that each thread stages one vector of either
 * matrix. More would save barriers, but software GPUs compile for as long as the arrays are large.
 */
const staged = 2;

/** What is multiplied, in WGSL. */
export interface Product {
  /** Uniforms that hold the result's size and the number of terms in each of its sums. */
  readonly rows: string;
  readonly columns: string;
  readonly terms: string;
  /** Function of a row and a group of four columns that reads the left matrix `[rows, terms]`. */
  readonly left: string;
  /** The same for the right one: `[terms, columns]`, or transposed, `[columns, terms]`. */
  readonly right: string;
  readonly transposed: boolean;
  /** Statement that writes four sums of a row to a group of four columns, `column`. */
  readonly write: (sum: string, row: string) => string;
}

/** Geometry of a launch that makes a `rows × columns` result in tiles. */
export const tileLaunch = (
  rows: number,
  columns: number,
): Pick<Launch, 'threads' | 'workgroup'> => ({
  threads: workgroup * Math.ceil(rows / side) * Math.ceil(columns / side),
  workgroup,
});

/**
 * `fn main`: pieces of both matrices go to workgroup memory, zeros where those end, and every thread
 * makes its sums from there. No thread may leave early: all of a workgroup meet at each barrier.
 */
export const tiledMain = (product: Product): string => `
var<workgroup> leftTile: array<vec4<f32>, ${side * staged}>;
var<workgroup> rightTile: array<vec4<f32>, ${side * staged}>;
fn main(index: i32) {
  let columns = (uniforms.${product.columns} + 3) >> 2u;
  let steps = (uniforms.${product.terms} + 3) >> 2u;
  let tile = index / ${workgroup};
  let across = (columns + 7) / 8;
  let firstRow = tile / across * ${side};
  let firstColumn = tile % across * 8;
  let local = index % ${workgroup};
  // Threads side by side make columns side by side; a thread's rows lie eight apart.
  let x = local % 8;
  let y = local / 8;
  let column = firstColumn + x;
  // What it stages of a matrix whose columns are terms.
  let slot = local / ${staged};
  let part = local % ${staged};
  let stagedRow = firstRow + slot;
  ${eachOf(4, (r) => `var sum${r} = vec4<f32>(0.0);`)}
  for (var step = 0; step < steps; step += ${staged}) {
    let inside = step + part < steps;
    var left = vec4<f32>(0.0);
    if (inside && stagedRow < uniforms.${product.rows}) { left = ${product.left}(stagedRow, step + part); }
    leftTile[local] = left;
    var right = vec4<f32>(0.0);
    ${product.transposed ? stageColumns(product) : stageTerms(product)}
    workgroupBarrier();
    for (var k = 0; k < ${staged}; k++) {
      let block = mat4x4<f32>(${four.map((i) => (product.transposed ? `rightTile[(${8 * i} + x) * ${staged} + k]` : `rightTile[(4 * k + ${i}) * 8 + x]`)).join(', ')});
      ${eachOf(4, (r) => `let left${r} = leftTile[(y + ${8 * r}) * ${staged} + k];`)}
      ${eachOf(4, (r) => `sum${r} += ${product.transposed ? `left${r} * block` : `block * left${r}`};`)}
    }
    workgroupBarrier();
  }
  if (column >= columns) { return; }
  ${eachOf(4, (r) => writeRow(product, r))}
}`;

/** A row of the right matrix is a term. */
const stageTerms = ({ terms, right }: Product): string => `
    let term = 4 * step + y;
    if (term < uniforms.${terms} && column < columns) { right = ${right}(term, column); }
    rightTile[local] = right;`;

/**
 * A row of the right matrix is a column of the result. A thread needs four neighbours, so these are
 * kept eight apart: threads side by side then read vectors side by side.
 */
const stageColumns = ({ columns, right }: Product): string => `
    let own = 4 * firstColumn + slot;
    if (inside && own < uniforms.${columns}) { right = ${right}(own, step + part); }
    rightTile[(slot % 4 * 8 + slot / 4) * ${staged} + part] = right;`;

const writeRow = ({ rows, write }: Product, r: number): string => `{
    let row = firstRow + y + ${8 * r};
    if (row < uniforms.${rows}) { ${write(`sum${r}`, 'row')} }
  }`;
