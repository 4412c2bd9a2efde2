import { transformerCell } from '../cells/transformer.ts';
import { createRandom } from '../data/random.ts';
import { softmaxCrossEntropy } from '../ops/crossEntropy.ts';
import { embed, oneHotRows } from '../ops/embed.ts';
import { linear } from '../ops/linear.ts';
import * as tf from '../tf/index.ts';
import { param, type Params } from '../tf/params.ts';
import { fromTorch, initialize, toTorch, type TorchTensor } from './parameters.ts';
import type { EquilibriumProblem } from './problem.ts';
import { transformerParameters, type TransformerConfig } from './transformerParameters.ts';

export type LanguageModelConfig = TransformerConfig;

/** Token ids, rectangular `[batch, length]`, and what was remembered of the segment before. */
export interface Batch {
  readonly tokens: number[][];
  readonly targets: number[][];
  /**
   * Equilibrium z `[batch, M, d]` of the remembered segment, and its injection u
   * `[batch, M, 3 d]`, which the transformer needs. Both are borrowed for the problem's life.
   */
  readonly memory?: { readonly z: tf.Tensor; readonly u?: tf.Tensor };
}

/** Embedding, equilibrium cell, and a head tied to the embedding. Holds no tensors. */
export interface LanguageModel {
  /** Random parameters, the same for the same seed. */
  initialize(seed: number): Params;
  /** The fixed-point problem of one batch, with the mean cross entropy (nats) as its loss. */
  problem(params: Params, batch: Batch): EquilibriumProblem;
  /** `z [batch, length, d]` → `[batch, length, vocabulary]`. */
  logits(params: Params, z: tf.Tensor): tf.Tensor;
  /** Parameters from a PyTorch state dictionary with locuslab/deq's names. */
  fromTorch(state: Record<string, TorchTensor>): Params;
  /** The reverse; gradients too, since they have the same keys. */
  toTorch(params: Params): Promise<Record<string, { shape: number[]; data: Float32Array }>>;
}

/** A language model of that shape. Throws a RangeError for a shape that cannot work. */
export function languageModel(config: LanguageModelConfig): LanguageModel {
  const { dModel, heads } = config;
  if (dModel % heads !== 0 || dModel % 2 !== 0)
    throw new RangeError(
      `Width ${dModel} must be even and divisible by the number of heads, ${heads}.`,
    );
  const specs = transformerParameters(config);
  const logits = (params: Params, z: tf.Tensor): tf.Tensor =>
    linear(z, tf.transpose(param(params, 'embedding')), { bias: param(params, 'head.bias') });
  return {
    initialize: (seed) => initialize(specs, createRandom(seed).fork('weights')),
    problem: (params, batch) => transformerProblem(config, params, batch, logits),
    logits,
    fromTorch: (state) => fromTorch(specs, state),
    toTorch: (params) => toTorch(specs, params),
  };
}

function transformerProblem(
  { vocabulary, dModel, preLayerNorm }: TransformerConfig,
  params: Params,
  { tokens, targets, memory }: Batch,
  logits: LanguageModel['logits'],
): EquilibriumProblem {
  const length = checkIds('tokens', tokens, vocabulary);
  if (checkIds('targets', targets, vocabulary) !== length || targets.length !== tokens.length)
    throw new RangeError('Targets must have the shape of the tokens.');
  // A memory of length 0 is no memory; tfjs cannot concatenate it.
  const remembered = memory && memory.z.size > 0 ? memory : undefined;
  if (remembered && !remembered.u)
    throw new RangeError('The transformer needs the injection u of the remembered segment.');
  return {
    params,
    inject: (p) => {
      const embedded = tf.mul(embed(param(p, 'embedding'), tokens), Math.sqrt(dModel));
      const u = linear(embedded, param(p, 'inject.weight'), { bias: param(p, 'inject.bias') });
      return remembered?.u ? tf.concat([remembered.u, u], 1) : u;
    },
    f: (p, injection, z) =>
      transformerCell(p, { injection, memory: remembered?.z, preLayerNorm }, z),
    loss: (p, z) => {
      const rows = tf.reshape(logits(p, z), [tokens.length * length, vocabulary]);
      return softmaxCrossEntropy(rows, oneHotRows(targets, vocabulary));
    },
    initialState: () => tf.zeros([tokens.length, length, dModel]),
  };
}

/** The common row length of `ids`. Throws unless they are a rectangle of ids below `size`. */
function checkIds(what: string, ids: readonly (readonly number[])[], size: number): number {
  const length = ids[0]?.length ?? 0;
  if (length === 0 || ids.some((row) => row.length !== length))
    throw new RangeError(`The ${what} must be rows of one length, at least one each.`);
  const strange = ids.flat().find((id) => !Number.isInteger(id) || id < 0 || id >= size);
  if (strange !== undefined)
    throw new RangeError(`The ${what} hold ${strange}, but the vocabulary ends at ${size - 1}.`);
  return length;
}
