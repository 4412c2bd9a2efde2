import { matmulVariant } from '../../tf/fused.ts';
import type * as tf from '../../tf/index.ts';
import { componentsFor, type Launch } from '../../tf/programs.ts';
import {
  activationFunctions,
  eachOfFour as each,
  four,
  matrixReader,
  matrixWriter,
} from './access.ts';
import { sourceRow, tapSizes, type Taps } from './taps.ts';
import { tiledMain, tileLaunch } from './tiles.ts';

/** Tensors of a linear map. */
export interface LinearInputs {
  readonly x: tf.Tensor;
  readonly weight: tf.Tensor;
  readonly bias?: tf.Tensor | undefined;
  readonly add?: tf.Tensor | undefined;
}

/** `y = activation(x W + bias + add)`, shape `[..., outer]`. */
export function linearForward(
  { x, weight, bias, add }: LinearInputs,
  taps: Taps,
  shape: readonly number[],
): Launch {
  const { rows, inner, outer, activation } = taps;
  const across = componentsFor(inner);
  const down = componentsFor(outer);
  const tiled = taps.taps === 1 && matmulVariant() === 'tiles';
  const result = { name: 'result', columns: 'outer', components: down };
  const write = (sum: string, row: string): string => {
    const terms = [
      sum,
      bias ? 'readBias(0, column)' : '',
      add ? `readAddition(${row}, column)` : '',
    ];
    return `writeResult(${row}, column, activate(${terms.filter(Boolean).join(' + ')}));`;
  };
  return {
    key: `linear ${tiled ? 'tiles ' : ''}${across} ${down} ${taps.taps > 1} ${!!bias} ${!!add} ${activation}`,
    reads: {
      x: [x, across],
      weight: [weight, down],
      ...(bias ? { bias: [bias, down] as const } : {}),
      ...(add ? { addition: [add, down] as const } : {}),
    },
    sizes: tapSizes(taps),
    result: [shape, down],
    ...(tiled ? tileLaunch(rows, outer) : { threads: Math.ceil(rows / 4) * Math.ceil(outer / 4) }),
    source: () => `
${matrixReader({ name: 'x', columns: 'inner', components: across }, taps.taps > 1)}
${matrixReader({ ...result, name: 'weight' })}
${bias ? matrixReader({ ...result, name: 'bias' }) : ''}
${add ? matrixReader({ ...result, name: 'addition' }) : ''}
${matrixWriter(result)}
${activationFunctions(activation, 4)}
${
  tiled
    ? tiledMain({
        ...{ rows: 'rows', columns: 'outer', terms: 'inner' },
        ...{ left: 'readX', right: 'readWeight', transposed: false },
        write: (sum) => write(sum, 'row'),
      })
    : registerMain(taps, write)
}`,
  };
}

/**
 * A thread makes 4 rows × 4 columns in registers: for 64 products it reads 8 vectors. No workgroup
 * memory, which software GPUs make slow; neighbouring threads read the same rows and neighbouring
 * columns.
 */
const registerMain = (taps: Taps, write: (sum: string, row: string) => string): string => `
${sourceRow(taps)}
fn main(index: i32) {
  // Shifts, here and in what reads and writes: a division costs as much as many products.
  let columns = (uniforms.outer + 3) >> 2u;
  let steps = (uniforms.inner + 3) >> 2u;
  let column = index % columns;
  let row = index / columns * 4;
  if (row >= uniforms.rows) { return; }
  // Rows past the end repeat the last one and are not written.
  let last = uniforms.rows - 1;
  ${each((r) => `var y${r} = vec4<f32>(0.0);`)}
  for (var tap = 0; tap < uniforms.taps; tap++) {
    ${each((r) => `let from${r} = sourceRow(min(row + ${r}, last), tap);`)}
    for (var k = 0; k < steps; k++) {
      let at = tap * uniforms.inner + 4 * k;
      let block = mat4x4<f32>(${four.map((i) => `readWeight(at + ${i}, column)`).join(', ')});
      ${each((r) => `y${r} += block * readX(from${r}, k);`)}
    }
  }
  ${each((r) => `if (row + ${r} <= last) { ${write(`y${r}`, `row + ${r}`)} }`)}
}`;
