import { matmulVariant } from '../../tf/fused.ts';
import type * as tf from '../../tf/index.ts';
import { componentsFor, type Launch } from '../../tf/programs.ts';
import { activationFunctions, matrixReader, matrixWriter } from './access.ts';
import { registerLaunch, registerMain } from './registers.ts';
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
  const product = {
    ...{ rows: 'rows', columns: 'outer', terms: 'inner' },
    ...{ left: 'readX', right: 'readWeight', transposed: false, write },
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
    ...(tiled ? tileLaunch : registerLaunch)(rows, outer),
    source: () => `
${matrixReader({ name: 'x', columns: 'inner', components: across }, taps.taps > 1)}
${matrixReader({ ...result, name: 'weight' })}
${bias ? matrixReader({ ...result, name: 'bias' }) : ''}
${add ? matrixReader({ ...result, name: 'addition' }) : ''}
${matrixWriter(result)}
${activationFunctions(activation, 4)}
${sourceRow(taps)}
${tiled ? tiledMain(product) : registerMain({ ...product, leftRow: 'sourceRow' })}`,
  };
}
