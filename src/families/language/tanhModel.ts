import { tanhCell, tanhInjection } from './tanhCell.ts';
import { embed } from '../../ops/embed.ts';
import { linear } from '../../ops/linear.ts';
import { tanhSequence } from './tanhSequence.ts';
import * as tf from '../../tf/index.ts';
import { param } from '../../tf/params.ts';
import type { Architecture } from './architecture.ts';
import type { ParameterSpec } from '../parameters.ts';

/** Sizes of the tanh model. */
export interface TanhConfig {
  readonly cell: 'tanh';
  readonly vocabulary: number;
  readonly width: number;
  /** Standard deviation of the state weights times √width: about the spectral radius of W; default 1. */
  readonly gain?: number;
}

/** Parameters of the model, which PyTorch knows by the same names. */
function tanhParameters({ vocabulary, width, gain = 1 }: TanhConfig): ParameterSpec[] {
  const fanIn = 1 / Math.sqrt(width);
  const spec = (name: string, shape: number[], deviation: number): ParameterSpec => ({
    name,
    torch: name,
    shape,
    deviation,
  });
  return [
    spec('embedding', [vocabulary, width], 1),
    spec('input.weight', [width, width], fanIn),
    spec('input.bias', [width], 0),
    spec('state.weight', [width, width], gain * fanIn),
  ];
}

/**
 * The tanh cell as a language model: every character is a sample of its own, and so the state is
 * `[batch · length, width]` and each converges at its own pace. No character sees another one, so
 * there is nothing to remember. The head is the embedding, and there is no dropout.
 */
export function tanhModel(config: TanhConfig): Architecture {
  const { vocabulary, width } = config;
  return {
    vocabulary,
    parameters: tanhParameters(config),
    maskWidths: {},
    bind: ({ tokens }) => {
      const characters = tokens.flat().length;
      return {
        inject: (p) =>
          tanhInjection(p, tf.reshape(embed(param(p, 'embedding'), tokens), [characters, width])),
        f: tanhCell,
        initialState: () => tf.zeros([characters, width]),
      };
    },
    logits: (params, z) => linear(z, param(params, 'embedding'), { transposed: true }),
    remember: () => undefined,
    sequence: (weights) => tanhSequence(config, weights),
  };
}
