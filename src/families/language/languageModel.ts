import { namedStream, type Random } from '../../data/random.ts';
import type * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import type { Architecture, Batch, SegmentMemory } from './architecture.ts';
import { dropoutMasks } from './dropoutMasks.ts';
import { modelProblem, usable } from './modelProblem.ts';
import {
  fromTorch,
  initialize,
  toTorch,
  type ParameterSpec,
  type TorchTensor,
} from '../parameters.ts';
import type { EquilibriumProblem } from '../../implicit/problem.ts';
import { tanhModel, type TanhConfig } from './tanhModel.ts';
import type { Sequence, Weights } from './sequence.ts';
import { transformerModel } from './transformerModel.ts';
import type { TransformerConfig } from './transformerParameters.ts';
import { trellisModel } from './trellisModel.ts';
import type { TrellisConfig } from './trellisParameters.ts';

export type { Batch, SegmentMemory } from './architecture.ts';

export type LanguageModelConfig = TransformerConfig | TrellisConfig | TanhConfig;

/** Embedding, equilibrium cell, and a head tied to the embedding. Holds no tensors. */
export interface LanguageModel {
  readonly config: LanguageModelConfig;
  /** Every trainable tensor, in the order in which `initialize` makes them. */
  readonly parameters: readonly ParameterSpec[];
  /** Random parameters, the same for the same seed. The caller owns them. */
  initialize(seed: number): Params;
  /**
   * The fixed-point problem of one batch, with the mean cross entropy (nats) as its loss. Its state
   * is `[batch, length, d]` (transformer), `[batch, length, 2 (dHidden + dOutput)]` (TrellisNet) or
   * `[batch · length, width]` (tanh). Throws a RangeError for a batch that does not fit.
   */
  problem(params: Params, batch: Batch): EquilibriumProblem;
  /** A state, any number of its last axis's rows → `[..., vocabulary]`. Call inside a tidy. */
  logits(params: Params, z: tf.Tensor): tf.Tensor;
  /**
   * What to remember of a solved segment for the next one: the transformer's last `length` positions
   * of z and of the injection (older memory first when length exceeds the segment), the TrellisNet's
   * last state; undefined for tanh, and for length 0. The caller owns the tensors.
   */
  remember(params: Params, batch: Batch, z: tf.Tensor, length: number): SegmentMemory | undefined;
  /** An empty sequence, to be solved position by position on plain numbers. Borrows the weights. */
  sequence(weights: Weights): Sequence;
  /**
   * Masks of variational dropout for one solve, `[batchRows, 1, features]` each, with entries 0 or
   * 1/(1 − rate); each call draws new ones. The caller disposes them. Throws a RangeError for a
   * rate outside [0, 1).
   */
  dropoutMasks(batchRows: number, rate: number, random: Random): Params;
  /** Parameters from a PyTorch state dictionary with locuslab/deq's names. */
  fromTorch(state: Record<string, TorchTensor>): Params;
  /** The reverse; gradients too, since they have the same keys. */
  toTorch(params: Params): Promise<Record<string, { shape: number[]; data: Float32Array }>>;
}

/** A language model of that shape. Throws a RangeError for a shape that cannot work. */
export function languageModel(config: LanguageModelConfig): LanguageModel {
  const architecture = architectureOf(config);
  const { parameters, maskWidths } = architecture;
  return {
    config,
    parameters,
    initialize: (seed) => initialize(parameters, namedStream(seed, 'weights')),
    problem: (params, batch) => modelProblem(architecture, params, batch),
    logits: (params, z) => architecture.logits(params, z),
    remember: (params, batch, z, length) =>
      length === 0 ? undefined : architecture.remember(params, usable(batch), z, length),
    sequence: (weights) => architecture.sequence(weights),
    dropoutMasks: (batchRows, rate, random) => dropoutMasks(maskWidths, batchRows, rate, random),
    fromTorch: (state) => fromTorch(parameters, state),
    toTorch: (params) => toTorch(parameters, params),
  };
}

function architectureOf(config: LanguageModelConfig): Architecture {
  switch (config.cell) {
    case 'transformer':
      return transformerModel(config);
    case 'trellis':
      return trellisModel(config);
    case 'tanh':
      return tanhModel(config);
  }
}
