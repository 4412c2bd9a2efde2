import { createRandom } from '../src/data/random.ts';
import { generate } from '../src/families/language/generate.ts';
import { languageLoss } from '../src/families/language/loss.ts';
import { languageTask } from '../src/families/language/task.ts';
import type { SolverOptions } from '../src/numerics/solver.ts';
import type { GpuCounters } from '../src/tf/counters.ts';
import { MemoryMeter } from '../src/tf/memory.ts';
import type * as tf from '../src/tf/index.ts';
import type { TrainOptions } from '../src/train/options.ts';
import type { TrainRecord } from '../src/train/records.ts';
import { Trainer } from '../src/train/trainer.ts';
import { exactly, peakBytes } from './peakBytes.ts';
import { vocabulary } from './sizes.ts';
import { randomRows, resultOf, type Subject } from './subject.ts';
import { timed, type Work } from './timing.ts';

const tokens = 64;

/** 12 iterations, never fewer, so that all variants do the same. */
const twelve = {
  method: 'broyden',
  history: 10,
  maxIterations: 12,
  tolerance: 0,
  stopMode: 'rel',
} as const satisfies SolverOptions;

/** The solves of a step, forward and backward. */
type Solves = Pick<TrainOptions, 'forward' | 'gradient'>;

const twelveEach: Solves = { forward: twelve, gradient: { kind: 'implicit', solver: twelve } };

/** As training solves by default. */
const coarse = { ...twelve, history: 30, maxIterations: 20, tolerance: 3e-2 } as const;

/** The backward passes that can follow a solve by Broyden's method, both to the tolerances of training. */
export const backwards: Readonly<Record<`train-${'plain' | 'seeded' | 'shine'}`, Solves>> = {
  'train-plain': { forward: coarse, gradient: { kind: 'implicit', solver: coarse } },
  'train-seeded': { forward: coarse, gradient: { kind: 'implicit', solver: coarse, seeded: true } },
  'train-shine': { forward: coarse, gradient: { kind: 'shine' } },
};

/** One training step of a new network: 12 iterations forward, 12 of the adjoint, and the update, or as `solves` has it. */
export const trainStepWork = (
  subject: Subject,
  counters: GpuCounters,
  solves = twelveEach,
): Omit<Work, 'enter'> => ({
  measure: async () => {
    using opened = openTrainer(subject, solves);
    const { trainer } = opened;
    return await timed(counters, 1, async () => {
      await step(trainer);
      const [weights] = Object.values(trainer.state.params);
      // The weights belong to the trainer.
      return { ...resultOf(weights as tf.Tensor), dispose: () => undefined };
    });
  },
  // The trainer has a meter of its own; weights and moments are resident and count.
  warm: () =>
    exactly(async () => {
      using opened = openTrainer(subject, solves);
      return (await step(opened.trainer, opened.before)).peakBytes;
    }),
});

async function step(trainer: Trainer, foreignBytes?: number): Promise<TrainRecord> {
  const record = await trainer.next(foreignBytes);
  if (record.status !== 'ok') throw new Error(`A training step ended ${record.status}.`);
  return record;
}

/** `before`: bytes live without the trainer. */
function openTrainer(
  { model, size }: Subject,
  solves: Solves,
): Disposable & { trainer: Trainer; before: number } {
  const { batch, length } = size;
  const options: TrainOptions = {
    ...{ weightDecay: 0.01, clip: 1, depthJitter: 0 },
    ...{ steps: 100, learningRate: 1e-3, warmup: 0, schedule: 'constant' },
    ...{ warmStart: false, weightNorm: false, validateEvery: 0, spectrumEvery: 0 },
    ...solves,
    pretrain: { steps: 0, depth: 1 },
    penalty: { weight: 0, share: 0, power: 0 },
  };
  const meter = new MemoryMeter();
  const before = meter.sample().live;
  const learnt = Int32Array.from(randomRows(1, 4096, 'text')[0] ?? []);
  const charactersPerToken = { train: 1, heldOut: 0 };
  const task = languageTask({
    ...{ model, seed: 1, learnt, heldOut: new Int32Array(), batch, length, memory: 0, dropout: 0 },
    loss: languageLoss({ vocabulary, unigram: Math.log(vocabulary), charactersPerToken }),
  });
  const trainer = new Trainer({ network: 'deq', task, seed: 1, options, meter });
  return {
    ...{ trainer, before },
    [Symbol.dispose]: () => {
      trainer[Symbol.dispose]();
      meter[Symbol.dispose]();
    },
  };
}

/**
 * 64 tokens, one sample, in a window of the size's length, 12 iterations each from the state before: of each position
 * once (`reuse`), or of the whole window for each token.
 */
export function generateWork(
  subject: Subject,
  counters: GpuCounters,
  reuse: boolean,
): Omit<Work, 'enter'> {
  return {
    measure: () =>
      timed(counters, 1, async () => {
        await write(subject, tokens, reuse);
        // The last token's logits were read: there is nothing left to wait for.
        return { wait: () => Promise.resolve(), dispose: () => undefined };
      }),
    // The window fills and moves within these.
    warm: () => peakBytes(() => write(subject, 4, reuse)),
  };
}

async function write(
  { model, params, size }: Subject,
  count: number,
  reuse: boolean,
): Promise<void> {
  const prompt = randomRows(1, Math.max(1, size.length - 2), 'prompt')[0] ?? [];
  const written = generate(model, params, {
    ...{ prompt, count, window: size.length, memoryLength: 0, warmStart: true },
    ...{ solver: twelve, reuse },
    sampling: { temperature: 0, topK: 0, topP: 1 },
    random: createRandom(1),
  });
  for await (const { id } of written)
    if (id >= vocabulary) throw new Error(`There is no token ${id}.`);
}
