/** Products of matrices in each thread's registers alone. */
import { eachOf, type Launch } from '../../tf/programs.ts';
import { four } from './access.ts';
import type { Product } from './tiles.ts';

/**
 * Rows and vectors of four columns of the result that a thread makes: 8 × 8 numbers, for which it
 * reads 16 vectors every four terms. With 4 × 4 it reads 8 vectors for a quarter of the products.
 */
const block = { rows: 8, vectors: 2 };

const eachRow = (line: (row: number) => string): string => eachOf(block.rows, line);
const eachVector = (line: (vector: number) => string): string => eachOf(block.vectors, line);

/** Geometry of a launch that makes a `rows × columns` result in registers. */
export const registerLaunch = (rows: number, columns: number): Pick<Launch, 'threads'> => ({
  threads: Math.ceil(rows / block.rows) * Math.ceil(columns / (4 * block.vectors)),
});

/** A product with a row of the left matrix for each tap and row of the result. */
export interface TappedProduct extends Product {
  /** Function of a row and a tap that gives the left matrix's row, −1 for zeros. */
  readonly leftRow: string;
}

/**
 * `fn main` without workgroup memory, which software GPUs make slow; neighbouring threads read the
 * same rows and neighbouring columns. The taps' products are added.
 */
export const registerMain = ({
  rows,
  columns,
  terms,
  left,
  right,
  transposed,
  leftRow,
  write,
}: TappedProduct): string => `
fn main(index: i32) {
  // Shifts, here and in what reads and writes: a division costs as much as many products.
  let columns = (uniforms.${columns} + 3) >> 2u;
  let steps = (uniforms.${terms} + 3) >> 2u;
  let across = (columns + ${block.vectors - 1}) / ${block.vectors};
  let row = index / across * ${block.rows};
  if (row >= uniforms.${rows}) { return; }
  // Rows and columns past the end repeat the last one and are not written.
  let last = uniforms.${rows} - 1;
  let firstColumn = index % across * ${block.vectors};
  ${eachVector((v) => `let column${v} = min(firstColumn + ${v}, columns - 1);`)}
  ${eachRow((r) => eachVector((v) => `var sum${r}_${v} = vec4<f32>(0.0);`))}
  for (var tap = 0; tap < uniforms.taps; tap++) {
    ${eachRow((r) => `let left${r} = ${leftRow}(min(row + ${r}, last), tap);`)}
    let first = tap * uniforms.${transposed ? columns : terms};
    let end = first + uniforms.${transposed ? columns : terms} - 1;
    for (var k = 0; k < steps; k++) {
      ${eachVector((v) => {
        const vectors = four.map((i) =>
          transposed
            ? `${right}(min(first + 4 * column${v} + ${i}, end), k)`
            : `${right}(min(first + 4 * k + ${i}, end), column${v})`,
        );
        return `let right${v} = mat4x4<f32>(${vectors.join(', ')});`;
      })}
      ${eachRow(
        (r) => `{
        let row = ${left}(left${r}, k);
        ${eachVector((v) => `sum${r}_${v} += ${transposed ? `row * right${v}` : `right${v} * row`};`)}
      }`,
      )}
    }
  }
  ${eachVector(
    (v) => `if (firstColumn + ${v} < columns) {
    let column = column${v};
    ${eachRow((r) => `if (row + ${r} <= last) { ${write(`sum${r}_${v}`, `(row + ${r})`)} }`)}
  }`,
  )}
}`;
