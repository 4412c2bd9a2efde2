import { drop } from '../../ops/dropout.ts';
import { layerNorm, residualLayerNorm } from '../../ops/layerNorm.ts';
import { linear } from '../../ops/linear.ts';
import { relativeAttention } from '../../ops/relativeAttention.ts';
import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';
import { positionEmbedding } from './positions.ts';

/** What the cell needs beside its parameters. */
export interface TransformerContext {
  /** `W_u e + b_u` for queries, keys and values, remembered segment first `[batch, M + L, 3 d]`. */
  readonly injection: tf.Tensor;
  /** Equilibrium of the remembered segment `[batch, M, d]`; absent when nothing is remembered. */
  readonly memory?: tf.Tensor | undefined;
  /** Normalise before each part instead of after each residual sum. */
  readonly preLayerNorm: boolean;
  /** Dropout masks: `attention`, `feedForward.hidden` and `feedForward.out`, `[batch, 1, features]`. */
  readonly masks?: Params | undefined;
}

/**
 * The DEQ-Transformer cell of Bai, Kolter, Koltun 2019, as in locuslab/deq (dropout on
 * hidden units only): `z [batch, L, d]` → `[batch, L, d]`.
 *
 * Post-LN: `y = LN(z + attention)`, `f = LN(y + FF(y))`. Pre-LN attends from LN(z) and keeps
 * the reference's quirk that the feed-forward residual is the normalised sum:
 * `n = LN(z + attention)`, `f = n + FF(n)`.
 */
export function transformerCell(
  params: Params,
  { injection, memory, preLayerNorm, masks }: TransformerContext,
  z: tf.Tensor,
): tf.Tensor {
  const [, length = 1, width = 1] = z.shape;
  // Tidies: what is used up goes at once, unless a tape keeps it.
  const attended = tf.tidy(() => {
    const seen = memory ? tf.concat([memory, z], 1) : z;
    const qkv = linear(preLayerNorm ? layerNorm(seen) : seen, param(params, 'attention.qkv'), {
      add: injection,
    });
    const positions = linear(
      positionEmbedding(seen.shape[1] ?? length, width),
      param(params, 'attention.position'),
    );
    return relativeAttention({
      qkv,
      positions,
      contentBias: param(params, 'attention.contentBias'),
      positionBias: param(params, 'attention.positionBias'),
      length,
    });
  });
  const y = tf.tidy(() => {
    const mixed = linear(attended, param(params, 'attention.out'), {
      bias: param(params, 'attention.outBias'),
    });
    return residualLayerNorm(drop(mixed, masks, 'attention'), z);
  });
  const hidden = linear(y, param(params, 'feedForward.in'), {
    bias: param(params, 'feedForward.inBias'),
    activation: 'relu',
  });
  const fed = linear(drop(hidden, masks, 'feedForward.hidden'), param(params, 'feedForward.out'), {
    bias: param(params, 'feedForward.outBias'),
  });
  const out = drop(fed, masks, 'feedForward.out');
  return preLayerNorm ? tf.add(out, y) : residualLayerNorm(out, y);
}
