import type { ParameterSpec } from './parameters.ts';

/** Sizes of a DEQ-Transformer language model. */
export interface TransformerConfig {
  readonly cell: 'transformer';
  readonly vocabulary: number;
  /** Width of the state; even, and divisible by `heads`. */
  readonly dModel: number;
  readonly heads: number;
  /** Hidden width of the feed-forward part. */
  readonly dInner: number;
  readonly preLayerNorm: boolean;
  /** Positions of the segment before that are remembered; 0 for none. */
  readonly memoryLength: number;
  /** Standard deviation of the cell's initial weights times √fan-in; default 1. */
  readonly gain?: number;
}

/** Parameters of the model, with their names and layouts in locuslab/deq. */
export function transformerParameters({
  vocabulary,
  dModel: d,
  heads,
  dInner,
  gain = 1,
}: TransformerConfig): ParameterSpec[] {
  const matrix = (
    name: string,
    torch: string,
    [inputs, outputs]: [number, number],
    scale: number,
    convolution = false,
  ): ParameterSpec => ({
    name,
    torch,
    shape: [inputs, outputs],
    torchShape: convolution ? [outputs, inputs, 1] : [outputs, inputs],
    deviation: scale / Math.sqrt(inputs),
  });
  const zeros = (name: string, torch: string, shape: number[]): ParameterSpec => ({
    name,
    torch,
    shape,
    deviation: 0,
  });
  return [
    // Tokens are scaled by √d, so that an embedded token has entries of variance 1.
    {
      name: 'embedding',
      torch: 'embedding',
      shape: [vocabulary, d],
      deviation: 1 / Math.sqrt(d),
    },
    matrix('inject.weight', 'inject_w', [d, 3 * d], 1),
    zeros('inject.bias', 'inject_b', [3 * d]),
    zeros('attention.contentBias', 'dec_attn.r_w_bias', [heads, d / heads]),
    zeros('attention.positionBias', 'dec_attn.r_r_bias', [heads, d / heads]),
    matrix('attention.qkv', 'dec_attn.qkv_net.weight', [d, 3 * d], gain, true),
    matrix('attention.position', 'dec_attn.r_net.weight', [d, d], gain, true),
    matrix('attention.out', 'dec_attn.o_net.weight', [d, d], gain, true),
    zeros('attention.outBias', 'dec_attn.o_net.bias', [d]),
    matrix('feedForward.in', 'pos_ff.ff1_net.weight', [d, dInner], gain),
    zeros('feedForward.inBias', 'pos_ff.ff1_net.bias', [dInner]),
    matrix('feedForward.out', 'pos_ff.ff2_net.weight', [dInner, d], gain),
    zeros('feedForward.outBias', 'pos_ff.ff2_net.bias', [d]),
    { ...zeros('head.bias', 'out_bias', [vocabulary]), optional: true },
  ];
}
