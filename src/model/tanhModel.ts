import { tanhCell, tanhInjection } from '../cells/tanh.ts';
import { softmaxCrossEntropy } from '../ops/crossEntropy.ts';
import { embed, oneHotRows } from '../ops/embed.ts';
import { linear } from '../ops/linear.ts';
import * as tf from '../tf/index.ts';
import { param, type Params } from '../tf/params.ts';
import type { ParameterSpec } from './parameters.ts';
import type { EquilibriumProblem } from './problem.ts';

/** Sizes of the tanh model. */
export interface TanhConfig {
  readonly vocabulary: number;
  readonly width: number;
  /** Standard deviation of the state weights times √width: about the spectral radius of W. */
  readonly gain: number;
}

/** Parameters of the tanh model, to be drawn by `initialize`. */
export function tanhParameters({ vocabulary, width, gain }: TanhConfig): ParameterSpec[] {
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
 * A next-character problem in which every character is a sample of its own: the state is
 * `[characters, width]`, so each converges at its own pace. The head is the embedding.
 */
export function tanhProblem(
  { vocabulary, width }: TanhConfig,
  params: Params,
  { tokens, targets }: { readonly tokens: number[]; readonly targets: number[] },
): EquilibriumProblem {
  return {
    params,
    inject: (p) =>
      tanhInjection(p, tf.reshape(embed(param(p, 'embedding'), [tokens]), [tokens.length, width])),
    f: tanhCell,
    loss: (p, z) => {
      const logits = linear(z, tf.transpose(param(p, 'embedding')));
      return softmaxCrossEntropy(logits, oneHotRows([targets], vocabulary));
    },
    initialState: () => tf.zeros([tokens.length, width]),
  };
}
