import type * as tf from '../../tf/index.ts';
import { computeOne } from '../../tf/programs.ts';
import { defineOperation } from '../../tf/operation.ts';
import { linearForward } from './linearForward.ts';
import { inputGradient, weightGradient } from './linearGradients.ts';
import { sumRows } from './sumRows.ts';
import type { Taps } from './taps.ts';

/** Tensors of a linear map whose weight is kept as `[out, in]`. */
export interface TransposedInputs {
  readonly x: tf.Tensor;
  readonly weight: tf.Tensor;
  readonly bias?: tf.Tensor | undefined;
}

interface Attributes {
  /** Of the map `y ↦ y W` from out to in, which this one is the transpose of. */
  readonly taps: Taps;
  readonly shapes: Readonly<Record<'x' | 'weight' | 'bias' | 'result', readonly number[]>>;
}

/** The kernels are those of `y ↦ y W`, its map and its cotangents in other roles. */
const transposed = defineOperation<'x' | 'weight' | 'bias', Attributes>({
  name: 'DeqLinearTransposed',
  on: ['webgpu'],
  saves: { inputs: ['x', 'weight'], outputs: [false] },
  run: ({ x, weight, bias }: TransposedInputs, { taps, shapes }) => [
    inputGradient({ dy: x }, weight, taps, shapes.result, { bias }),
  ],
  pull: (dy, saved, { taps, shapes }) => {
    const [x, weight] = saved as [tf.Tensor, tf.Tensor];
    return {
      x: () => computeOne(linearForward({ x: dy, weight }, taps, shapes.x)),
      weight: () => weightGradient({ dy: x }, dy, taps, shapes.weight),
      bias: () => sumRows(dy, shapes.bias),
    };
  },
});

/** `x Wᵀ + bias` in one dispatch: `x [..., in]`, `W [out, in]` → `[..., out]`. */
export function fusedLinearTransposed(inputs: TransposedInputs): tf.Tensor {
  const { x, weight, bias } = inputs;
  const [out = 1, width = 1] = weight.shape;
  const rows = x.size / width;
  return transposed(inputs, {
    taps: {
      ...{ rows, length: rows, lead: 0, taps: 1 },
      ...{ inner: out, outer: width, activation: undefined },
    },
    shapes: {
      x: x.shape,
      weight: weight.shape,
      bias: bias?.shape ?? [],
      result: [...x.shape.slice(0, -1), out],
    },
  });
}
