import * as tf from '../../tf/index.ts';
import { compute } from '../../tf/programs.ts';
import { adding, defineOperation } from '../../tf/operation.ts';
import { linearForward, type LinearInputs } from './linearForward.ts';
import { additionGradient, inputGradient, weightGradient } from './linearGradients.ts';
import { sumRows } from './sumRows.ts';
import type { Activation } from './access.ts';
import type { Taps } from './taps.ts';

interface Attributes {
  readonly taps: Taps;
  readonly shapes: Readonly<Record<'x' | 'weight' | 'bias' | 'result', readonly number[]>>;
}

/** The tape keeps x and the weight, and with an activation the result. */
const define = (
  name: string,
  activated: boolean,
): ReturnType<typeof defineOperation<'x' | 'weight' | 'bias' | 'add', Attributes>> =>
  defineOperation({
    name,
    on: ['webgpu'],
    saves: { inputs: ['x', 'weight'], outputs: [activated] },
    run: (inputs, { taps, shapes }) => compute(linearForward(inputs, taps, shapes.result)),
    pull: (dy, [x, weight, y], { taps, shapes }) => {
      const pulled = { dy, y };
      return {
        x: adding((others) =>
          inputGradient(pulled, weight as tf.Tensor, taps, shapes.x, { others }),
        ),
        weight: () => weightGradient(pulled, x as tf.Tensor, taps, shapes.weight),
        bias: () => sumRows(dy, shapes.bias, y && { activation: taps.activation, y }),
        add: () => (y ? additionGradient(pulled, taps) : tf.clone(dy)),
      };
    },
  });

const plain = define('DeqLinear', false);
const activated = define('DeqLinearActivated', true);

/** What may be given to a fused linear map beside its inputs. */
export interface LinearGeometry {
  readonly activation?: Activation;
  /** Positions seen by each; 1 unless this is a convolution. */
  readonly taps?: number;
  /** Positions of x before the first that has a result; 0 unless x brings a history. */
  readonly lead?: number;
}

/**
 * `activation(x W + bias + add)` in one dispatch. With taps, a causal convolution over the next
 * to last axis: `x [batch, lead + length, in]`, `W [taps · in, out]` → `[batch, length, out]`.
 */
export function fusedLinear(
  inputs: LinearInputs,
  { activation, taps = 1, lead = 0 }: LinearGeometry,
): tf.Tensor {
  const { x, weight, bias } = inputs;
  const [inner, outer] = [x.shape.at(-1) ?? 1, weight.shape[1] ?? 1];
  const positions = x.size / inner;
  const held = taps > 1 ? (x.shape.at(-2) ?? 1) : positions;
  const length = held - lead;
  const rows = (positions / held) * length;
  const outside = taps > 1 ? [...x.shape.slice(0, -2), length] : x.shape.slice(0, -1);
  return (activation ? activated : plain)(inputs, {
    taps: { rows, length, lead, taps, inner, outer, activation },
    shapes: {
      x: x.shape,
      weight: weight.shape,
      bias: bias?.shape ?? [],
      result: [...outside, outer],
    },
  });
}
