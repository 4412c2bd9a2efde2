import { transformerCell } from './transformerCell.ts';
import { drop } from '../../ops/dropout.ts';
import { embed } from '../../ops/embed.ts';
import { linear } from '../../ops/linear.ts';
import { transformerSequence } from './transformerSequence.ts';
import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';
import type { Architecture, Batch } from './architecture.ts';
import { transformerParameters, type TransformerConfig } from './transformerParameters.ts';

/** The DEQ-Transformer. Throws a RangeError when the width does not split into heads. */
export function transformerModel(config: TransformerConfig): Architecture {
  const { vocabulary, dModel, heads, dInner, preLayerNorm } = config;
  if (dModel % heads !== 0 || dModel % 2 !== 0)
    throw new RangeError(
      `Width ${dModel} must be even and divisible by the number of heads, ${heads}.`,
    );
  /** The injection of the batch's own tokens `[batch, length, 3 d]`. */
  const inject = (params: Params, { tokens, masks }: Batch): tf.Tensor => {
    const embedded = tf.mul(embed(param(params, 'embedding'), tokens), Math.sqrt(dModel));
    return linear(drop(embedded, masks, 'embedded'), param(params, 'inject.weight'), {
      bias: param(params, 'inject.bias'),
    });
  };
  return {
    vocabulary,
    parameters: transformerParameters(config),
    maskWidths: {
      embedded: dModel,
      attention: dModel,
      'feedForward.hidden': dInner,
      'feedForward.out': dModel,
    },
    bind: (batch) => {
      const { tokens, memory, masks } = batch;
      if (memory && !memory.u)
        throw new RangeError('The transformer needs the injection u of the remembered segment.');
      return {
        inject: (p) => {
          const u = inject(p, batch);
          return memory?.u ? tf.concat([memory.u, u], 1) : u;
        },
        f: (p, injection, z) =>
          transformerCell(p, { injection, memory: memory?.z, preLayerNorm, masks }, z),
        initialState: () => tf.zeros([tokens.length, tokens[0]?.length ?? 0, dModel]),
      };
    },
    logits: (params, z) =>
      linear(z, param(params, 'embedding'), { transposed: true, bias: param(params, 'head.bias') }),
    remember: (params, batch, z, length) =>
      tf.tidy(() => ({
        z: lastPositions(batch.memory?.z, z, length),
        u: lastPositions(batch.memory?.u, inject(params, batch), length),
      })),
    sequence: (weights) => transformerSequence(config, weights),
  };
}

/** The last `length` positions of `older` followed by `newer`, or all when they are fewer. */
function lastPositions(older: tf.Tensor | undefined, newer: tf.Tensor, length: number): tf.Tensor {
  const all = older && length > (newer.shape[1] ?? 0) ? tf.concat([older, newer], 1) : newer;
  const [batch = 1, positions = 1, width = 1] = all.shape;
  const kept = Math.min(length, positions);
  return tf.slice(all, [0, positions - kept, 0], [batch, kept, width]);
}
