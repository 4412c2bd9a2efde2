import { matrixSpec, vectorSpec, type ParameterSpec } from '../parameters.ts';

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
  /** A matrix of the cell, kept as a 1×1 convolution or not, that weight normalisation applies to. */
  const cellMatrix = (
    name: string,
    torch: string,
    shape: readonly [number, number],
    kernel?: number,
  ): ParameterSpec => ({
    ...matrixSpec(name, torch, shape, { scale: gain, kernel }),
    normalised: true,
  });
  return [
    // Tokens are scaled by √d, so that an embedded token has entries of variance 1.
    {
      name: 'embedding',
      torch: 'embedding',
      shape: [vocabulary, d],
      deviation: 1 / Math.sqrt(d),
    },
    matrixSpec('inject.weight', 'inject_w', [d, 3 * d]),
    vectorSpec('inject.bias', 'inject_b', [3 * d]),
    vectorSpec('attention.contentBias', 'dec_attn.r_w_bias', [heads, d / heads]),
    vectorSpec('attention.positionBias', 'dec_attn.r_r_bias', [heads, d / heads]),
    cellMatrix('attention.qkv', 'dec_attn.qkv_net.weight', [d, 3 * d], 1),
    cellMatrix('attention.position', 'dec_attn.r_net.weight', [d, d], 1),
    cellMatrix('attention.out', 'dec_attn.o_net.weight', [d, d], 1),
    vectorSpec('attention.outBias', 'dec_attn.o_net.bias', [d]),
    cellMatrix('feedForward.in', 'pos_ff.ff1_net.weight', [d, dInner]),
    vectorSpec('feedForward.inBias', 'pos_ff.ff1_net.bias', [dInner]),
    cellMatrix('feedForward.out', 'pos_ff.ff2_net.weight', [dInner, d]),
    vectorSpec('feedForward.outBias', 'pos_ff.ff2_net.bias', [d]),
    { ...vectorSpec('head.bias', 'out_bias', [vocabulary]), optional: true },
  ];
}
