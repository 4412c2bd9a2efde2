import { trellisCell, trellisInjection } from './trellisCell.ts';
import { drop } from '../../ops/dropout.ts';
import { embed } from '../../ops/embed.ts';
import { linear } from '../../ops/linear.ts';
import { trellisSequence } from './trellisSequence.ts';
import * as tf from '../../tf/index.ts';
import { param } from '../../tf/params.ts';
import type { Architecture } from './architecture.ts';
import { trellisParameters, type TrellisConfig } from './trellisParameters.ts';

/** The DEQ-TrellisNet. Throws a RangeError for sizes that cannot work. */
export function trellisModel(config: TrellisConfig): Architecture {
  const { vocabulary, dEmbed, dHidden, dOutput, kernel } = config;
  if (dEmbed !== dOutput)
    throw new RangeError(
      `The head is the embedding, so dEmbed must equal dOutput: ${dEmbed} is not ${dOutput}.`,
    );
  if (!Number.isInteger(kernel) || kernel < 1)
    throw new RangeError(`The kernel must be a whole number from 1, not ${kernel}.`);
  const width = dHidden + dOutput;
  return {
    vocabulary,
    parameters: trellisParameters(config),
    maskWidths: { embedded: dEmbed, hidden: width, output: dOutput },
    bind: ({ tokens, memory, masks }) => {
      const [batch = 0, , state] = memory?.z.shape ?? [tokens.length, 1, 2 * width];
      if (batch !== tokens.length || state !== 2 * width)
        throw new RangeError(
          `The memory must be [${tokens.length}, positions, ${2 * width}], not [${memory?.z.shape.join(', ') ?? ''}].`,
        );
      return {
        inject: (p) =>
          trellisInjection(p, drop(embed(param(p, 'embedding'), tokens), masks, 'embedded')),
        f: (p, injection, z) =>
          trellisCell(p, { injection, history: memory && lastPosition(memory.z), masks }, z),
        initialState: () => tf.zeros([tokens.length, tokens[0]?.length ?? 0, 2 * width]),
      };
    },
    logits: (params, z, masks) => {
      // z = [h, c], and the head reads the last dOutput units of h.
      const { shape } = z;
      const rows = shape.slice(0, -1);
      const output = tf.slice(z, [...rows.map(() => 0), dHidden], [...rows, dOutput]);
      return linear(drop(output, masks, 'output'), param(params, 'embedding'), {
        transposed: true,
        bias: param(params, 'head.bias'),
      });
    },
    remember: (_params, _batch, z) => ({ z: lastPosition(z) }),
    sequence: (weights) => trellisSequence(config, weights),
  };
}

/** The last position of `z [batch, length, width]`, `[batch, 1, width]`. */
function lastPosition(z: tf.Tensor): tf.Tensor {
  const [batch = 1, length = 1, width = 1] = z.shape;
  return tf.slice(z, [0, length - 1, 0], [batch, 1, width]);
}
