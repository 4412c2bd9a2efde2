import { trainingBatch, type TokenBatch } from '../inputs/text/batches.ts';
import { createRandom, namedStream } from '../data/random.ts';
import type { Batch, LanguageModel, SegmentMemory } from '../families/language/languageModel.ts';
import { rehearse } from '../implicit/rehearse.ts';
import { addScales, normalise, pullThroughNorm } from './weightNorm.ts';
import * as tf from '../tf/index.ts';
import type { MemoryMeter } from '../tf/memory.ts';
import type { Params } from '../tf/params.ts';
import {
  adamwInit,
  adamwUpdate,
  clipFactor,
  gradientNorm,
  normOf,
  type AdamWState,
} from './adamw.ts';
import { learn, radiusAt, type Lesson } from './learn.ts';
import type { TrainOptions } from './options.ts';
import { packGradient } from './packing.ts';
import type { NetworkName, TrainRecord, TrainStatus } from './records.ts';
import { learningRateAt } from '../schema/schedule.ts';
import { validationLoss } from './validate.ts';

/** What a trainer is made of. */
export interface TrainerSetup {
  readonly network: NetworkName;
  readonly model: LanguageModel;
  readonly seed: number;
  readonly ids: Int32Array;
  /** Held-out batches; empty when the text was too short to hold any back. */
  readonly validation: readonly TokenBatch[];
  readonly options: TrainOptions;
  readonly meter: MemoryMeter;
  /** Initial parameters, taken over; absent: drawn from the seed. */
  readonly params?: Params;
}

/** What a trainer holds between two steps: all of it, so that it can be saved and put back. */
export interface TrainerState {
  /** As they are trained: with weight normalisation directions and lengths apart. */
  readonly params: Params;
  readonly adam: AdamWState;
  /** Of the segment before. */
  readonly memory: SegmentMemory | undefined;
  /** The state of the step before, for a warm start. */
  readonly previous: tf.Tensor | undefined;
  readonly tokens: number;
  readonly evaluations: number;
  readonly seconds: number;
  /** Loss of the first step, nats; NaN before. */
  readonly firstLoss: number;
}

/** A loss this many times that of guessing evenly, and well above the first: training has blown up. */
const blownUp = 4;
const risen = 1.25;

/**
 * Trains one network, a step at a time: solve, loss, adjoint, gradient, update, with awaits between
 * them. Everything random is a function of the seed and the step, so that a run that goes on from
 * a saved state is the run that never stopped.
 */
export class Trainer implements Disposable {
  readonly #setup: TrainerSetup;
  /** Takes effect with the next step; shapes and weight normalisation must stay as they are. */
  options: TrainOptions;
  #state: TrainerState;

  constructor(setup: TrainerSetup) {
    const { model, options } = setup;
    const initial = setup.params ?? model.initialize(setup.seed);
    const params = options.weightNorm ? addScales(model.parameters, initial) : initial;
    this.#setup = setup;
    this.options = options;
    const adam = adamwInit(params);
    const counts = { tokens: 0, evaluations: 0, seconds: 0, firstLoss: NaN };
    this.#state = { params, adam, memory: undefined, previous: undefined, ...counts };
  }

  get network(): NetworkName {
    return this.#setup.network;
  }

  /** Updates made. */
  get step(): number {
    return this.#state.adam.step;
  }

  /** What it holds; its tensors belong to the trainer. */
  get state(): TrainerState {
    return this.#state;
  }

  /** Goes on from a saved state; takes over its tensors. */
  restore(state: TrainerState): void {
    this[Symbol.dispose]();
    this.#state = state;
  }

  /** Bytes it holds between two steps. */
  get residentBytes(): number {
    return tensorsOf(this.#state).reduce((bytes, { size }) => bytes + 4 * size, 0);
  }

  /** The weights that the model computes with; the caller owns them. */
  weights(): Params {
    const { parameters } = this.#setup.model;
    const { params } = this.#state;
    if (this.options.weightNorm) return normalise(parameters, params);
    return cloneParams(params);
  }

  /**
   * Make one step. A record whose status is not `ok` made no update. `foreignBytes`: what others
   * hold on the device, which is no part of this network's peak.
   */
  async next(foreignBytes = 0): Promise<TrainRecord> {
    const { network, meter, seed } = this.#setup;
    const { options, step: index } = this;
    const started = performance.now();
    meter.resetPeak();
    const weights = this.weights();
    const batch = this.#batch(index);
    // All that this step makes and uses up. It goes at the very end, however that comes: the spectrum and whatever
    // else looks at the step's problem finds its segment memory and its z alive, though the next step has its own.
    const spent: (tf.Tensor | Params)[] = [weights, batch.masks ?? {}];
    try {
      const problem = this.#setup.model.problem(weights, batch);
      const chance = createRandom(seed).fork('training').fork(String(index));
      const initial = options.warmStart ? this.#state.previous : undefined;
      const lesson = await learn(problem, options, index, chance, initial);
      spent.push(lesson.z, lesson.gradients);
      const gradient = this.#gradient(lesson.gradients);
      spent.push(gradient);
      const norm = await gradientNorm(gradient);
      const status = this.#judge(lesson.loss, norm);
      if (status === 'ok') spent.push(...this.#advance(weights, batch, lesson.z, gradient, norm));
      const milliseconds = performance.now() - started;
      const peakBytes = meter.sample().peak - foreignBytes;
      this.#count(lesson, milliseconds);
      // Measured between two steps, so that a step's time and peak are its own.
      const spectralRadius =
        lesson.passes.residual !== undefined && isDue(index + 1, options.spectrumEvery)
          ? { spectralRadius: await radiusAt(problem, lesson.z) }
          : {};
      const { tokens, evaluations, seconds } = this.#state;
      return {
        ...{ network, step: index + 1, status, tokens },
        loss: lesson.loss,
        gradientNorm: norm,
        learningRate: learningRateAt(index, options),
        ...lesson.passes,
        ...{ evaluations, milliseconds, seconds, peakBytes },
        ...(status === 'ok' ? await this.#validation() : {}),
        ...spectralRadius,
      };
    } finally {
      tf.dispose(spent);
    }
  }

  /**
   * Enqueue one of every kernel that a step needs and read nothing back: with `compileAhead` to have them
   * compiled. Nothing is trained.
   */
  rehearse(): void {
    const { options } = this;
    const { model } = this.#setup;
    const weights = this.weights();
    const first = this.#batch(0);
    const { gradient } = options;
    const play = (batch: Batch): void => {
      const problem = model.problem(weights, batch);
      const { forward, penalty } = options;
      const adds = penalty.weight > 0 && gradient.kind !== 'unrolled';
      const packed = this.#gradient(
        rehearse(problem, { forward, gradient, penalty: adds ? penalty : undefined }),
      );
      normOf(packed).dispose();
      const { adam, params } = this.#state;
      const state = { ...adam, first: tf.clone(adam.first), second: tf.clone(adam.second) };
      const updated = adamwUpdate(packed, state, cloneParams(params), {
        learningRate: options.learningRate,
        weightDecay: options.weightDecay,
      });
      tf.dispose([updated.params, updated.state.first, updated.state.second]);
    };
    play(first);
    if (options.memory > 0) {
      const z = model.problem(weights, first).initialState();
      const memory = model.remember(weights, first, z, options.memory);
      if (memory) play({ ...first, memory });
      tf.dispose([z, memory?.z ?? [], memory?.u ?? []]);
    }
    tf.dispose([weights, first.masks ?? []]);
  }

  /** The batch of an update; its masks are the caller's to free, its memory stays the trainer's. */
  #batch(index: number): Batch {
    const { model, seed, ids } = this.#setup;
    const { batch: rows, length, memory, dropout } = this.options;
    const order = memory > 0 ? 'contiguous' : 'shuffled';
    const shape = { batch: rows, length };
    const read = trainingBatch(ids, shape, order, index, namedStream(seed, 'data order'));
    const masks =
      dropout > 0
        ? model.dropoutMasks(rows, dropout, namedStream(seed, 'dropout').fork(String(index)))
        : undefined;
    return { ...read, memory: read.continues ? this.#state.memory : undefined, masks };
  }

  /** A lesson's gradients, which it takes over, of what is trained. */
  #gradient(gradients: Params): tf.Tensor1D {
    const { params } = this.#state;
    const { parameters } = this.#setup.model;
    const { weightNorm } = this.options;
    const own = weightNorm ? pullThroughNorm(parameters, params, gradients) : gradients;
    return packGradient(params, own);
  }

  #judge(loss: number, norm: number): TrainStatus {
    if (!Number.isFinite(loss) || !Number.isFinite(norm)) return 'nonfinite';
    const { vocabulary } = this.#setup.model.config;
    const { firstLoss } = this.#state;
    const limit = Math.max(blownUp * Math.max(1, Math.log(vocabulary)), risen * firstLoss);
    return loss > limit ? 'diverged' : 'ok';
  }

  /**
   * Make the update, taking the gradient over, and keep what the next step needs of this one: the segment, and z for
   * a warm start. All in one change, so that a step that fails half-way leaves the state as it was. Returns what was
   * carried until now, which the step's problem may still borrow: it is the caller's to free.
   */
  #advance(
    weights: Params,
    batch: Batch,
    z: tf.Tensor,
    gradient: tf.Tensor1D,
    norm: number,
  ): tf.Tensor[] {
    const { memory: length, warmStart, weightDecay, clip } = this.options;
    const { params, adam, memory: segment, previous } = this.#state;
    const memory = this.#setup.model.remember(weights, batch, z, length);
    const updated = adamwUpdate(gradient, adam, params, {
      learningRate: learningRateAt(adam.step, this.options),
      weightDecay,
      factor: clipFactor(norm, clip),
    });
    this.#state = {
      ...this.#state,
      ...{ params: updated.params, adam: updated.state, memory },
      previous: warmStart ? tf.clone(z) : undefined,
    };
    return [segment?.z, segment?.u, previous].filter((tensor) => tensor !== undefined);
  }

  #count(lesson: Lesson, milliseconds: number): void {
    const { batch, length } = this.options;
    const { tokens, evaluations, seconds, firstLoss } = this.#state;
    this.#state = {
      ...this.#state,
      tokens: tokens + batch * length,
      evaluations: evaluations + lesson.evaluations,
      seconds: seconds + milliseconds / 1000,
      firstLoss: Number.isNaN(firstLoss) ? lesson.loss : firstLoss,
    };
  }

  /** The held-out loss after this update, when it is due. */
  async #validation(): Promise<{ validation?: number }> {
    const { model, validation } = this.#setup;
    const { steps, validateEvery } = this.options;
    const due = isDue(this.step, validateEvery) || this.step === steps;
    if (!due || validation.length === 0) return {};
    const weights = this.weights();
    try {
      return { validation: await validationLoss(model, weights, validation, this.options) };
    } finally {
      tf.dispose(weights);
    }
  }

  [Symbol.dispose](): void {
    tf.dispose(tensorsOf(this.#state));
  }
}

const isDue = (step: number, every: number): boolean => every > 0 && step % every === 0;

/** Handles of one's own to the same tensors. */
const cloneParams = (params: Params): Params =>
  Object.fromEntries(Object.entries(params).map(([name, p]) => [name, tf.clone(p)]));

/** Every tensor of a state. */
export const tensorsOf = ({ params, adam, memory, previous }: TrainerState): tf.Tensor[] => [
  ...Object.values(params),
  adam.first,
  adam.second,
  ...(memory ? [memory.z, ...(memory.u ? [memory.u] : [])] : []),
  ...(previous ? [previous] : []),
];
