import { namedStream } from '../../data/random.ts';
import { trainingBatch, validationBatches, type TokenBatch } from '../../inputs/text/batches.ts';
import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';
import type { Metric, Task, TaskBatch } from '../task.ts';
import type { Batch, LanguageModel, SegmentMemory } from './languageModel.ts';

/** What a language model learns from, and in what portions. */
export interface LanguageTaskSetup {
  readonly model: LanguageModel;
  readonly seed: number;
  /** Ids to learn from; at least one window and one more. */
  readonly learnt: Int32Array;
  /** Ids held out; fewer than a window and one more hold nothing out. */
  readonly heldOut: Int32Array;
  readonly loss: Metric;
  /** Sequences in a batch, and tokens of a sequence. */
  readonly batch: number;
  readonly length: number;
  /** Positions of the segment before that are remembered; 0 for none. */
  readonly memory: number;
  /** Share of hidden features that are zero for a whole solve. */
  readonly dropout: number;
}

/** Held-out batches that a validation averages over. */
const heldOutBatches = 4;

/** Language modelling: each token of a window predicts the next one. */
export function languageTask(setup: LanguageTaskSetup): Task {
  const { model, seed, learnt, memory, dropout, loss } = setup;
  const shape = { batch: setup.batch, length: setup.length };
  const order = memory > 0 ? 'contiguous' : 'shuffled';
  const examples = shape.batch * shape.length;
  const masksAt = (step: number): Params | undefined =>
    dropout > 0
      ? model.dropoutMasks(shape.batch, dropout, namedStream(seed, 'dropout').fork(String(step)))
      : undefined;
  const held = validationBatches(setup.heldOut, shape, heldOutBatches);
  const bind = (read: Batch): TaskBatch => ({
    examples,
    problem: (params) => model.problem(params, read),
    ...(memory > 0
      ? { remember: (params, z) => namedOf(model.remember(params, read, z, memory)) }
      : {}),
    [Symbol.dispose]: () => {
      tf.dispose(read.masks ?? {});
    },
  });
  return {
    ...{ parameters: model.parameters, loss, metrics: [], unit: 'tokens' },
    initialize: (initial) => model.initialize(initial),
    batchAt: (step, carried) => {
      const read = trainingBatch(learnt, shape, order, step, namedStream(seed, 'data order'));
      const segment = read.continues ? memoryOf(carried) : undefined;
      return bind({ ...read, memory: segment, masks: masksAt(step) });
    },
    heldOut: () => held.map(({ tokens, targets }: TokenBatch) => bind({ tokens, targets })),
  };
}

/** What a segment leaves behind, under the names that checkpoints have for it. */
const namedOf = (memory: SegmentMemory | undefined): Params | undefined =>
  memory && { z: memory.z, ...(memory.u ? { u: memory.u } : {}) };

function memoryOf(carried: Params | undefined): SegmentMemory | undefined {
  if (!carried) return undefined;
  const u = carried['u'];
  return { z: param(carried, 'z'), ...(u ? { u } : {}) };
}
