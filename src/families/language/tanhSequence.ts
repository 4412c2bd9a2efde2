import { addProduct } from '../../ops/vectors.ts';
import { affine, embedded, tiedLogits, weight, type Sequence, type Weights } from './sequence.ts';
import type { TanhConfig } from './tanhModel.ts';

/** The tanh cell token by token. None sees another one, so there is nothing to keep. */
export function tanhSequence({ width }: TanhConfig, weights: Weights): Sequence {
  const stateWeight = weight(weights, 'state.weight');
  let injection: Float64Array = new Float64Array(width);
  return {
    width,
    enter: (id) => {
      injection = affine(weights, embedded(weights, id, width), ['input.weight', 'input.bias']);
    },
    f: (z, out) => {
      out.set(injection);
      addProduct(out, z, stateWeight, { columns: width });
      for (let i = 0; i < width; i++) out[i] = Math.tanh(out[i] ?? 0);
    },
    keep: () => undefined,
    begin: () => undefined,
    logits: (z) => tiedLogits(weights, z),
  };
}
