import { createRandom } from '../data/random.ts';
import type { Observation } from '../families/observation.ts';
import type { Task, TaskBatch } from '../families/task.ts';
import { rehearse } from '../implicit/rehearse.ts';
import { addScales, normalise, pullThroughNorm } from './weightNorm.ts';
import * as tf from '../tf/index.ts';
import type { MemoryMeter } from '../tf/memory.ts';
import { pack } from '../tf/readback.ts';
import type { Params } from '../tf/params.ts';
import { adamwInit, adamwUpdate, clipFactor, normOf, sureNorm, type AdamWState } from './adamw.ts';
import { carriedBy, learn, penaltyOf, radiusAt, withExtra, type Lesson } from './learn.ts';
import type { TrainOptions } from './options.ts';
import { packGradient } from './packing.ts';
import type { NetworkName, TrainRecord, TrainStatus } from './records.ts';
import { learningRateAt } from '../schema/schedule.ts';
import { dueAfter } from './rhythm.ts';
import { readBatch } from './told.ts';
import { validate, viewOf } from './validate.ts';

/** What a trainer is made of. */
export interface TrainerSetup {
  readonly network: NetworkName;
  readonly task: Task;
  readonly seed: number;
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
  /** What the task carries from the batch before, by name. */
  readonly carried: Params | undefined;
  /** The state of the step before, for a warm start. */
  readonly previous: tf.Tensor | undefined;
  readonly examples: number;
  readonly evaluations: number;
  readonly seconds: number;
  /** Loss of the first step; NaN before. */
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
  readonly #setup: Omit<TrainerSetup, 'task' | 'options' | 'params'>;
  /** Takes effect with the next step; its parameters must stay as they are. */
  task: Task;
  /** Takes effect with the next step; weight normalisation must stay as it is. */
  options: TrainOptions;
  #state: TrainerState;
  /** What the model computes with as it is, once somebody has asked between two steps. */
  #made: Params | undefined;

  constructor(setup: TrainerSetup) {
    const { task, options, params: given, ...rest } = setup;
    const initial = given ?? task.initialize(setup.seed);
    const params = options.weightNorm ? addScales(task.parameters, initial) : initial;
    this.#setup = rest;
    this.task = task;
    this.options = options;
    const adam = adamwInit(params);
    const counts = { examples: 0, evaluations: 0, seconds: 0, firstLoss: NaN };
    this.#state = { params, adam, carried: undefined, previous: undefined, ...counts };
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
    this.#made = undefined;
    this.#state = state;
  }

  /** Bytes it holds between two steps. */
  get residentBytes(): number {
    return tensorsOf(this.#state).reduce((bytes, { size }) => bytes + 4 * size, 0);
  }

  /** The weights that the model computes with; the caller owns its handles. */
  weights(): Params {
    return cloneParams(this.#current());
  }

  /** The same, made once for all who look between two steps, and for the next step; they stay the trainer's. */
  #current(): Params {
    return (this.#made ??= this.#make());
  }

  #make(): Params {
    const { params } = this.#state;
    return this.options.weightNorm ? normalise(this.task.parameters, params) : cloneParams(params);
  }

  /** What the task's view says of the weights as they are; undefined where it has none. */
  look(): Promise<Observation[] | undefined> {
    return viewOf(this.task, this.#current(), this.options);
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
    const weights = this.#current();
    this.#made = undefined;
    // All that this step makes and uses up. It goes at the very end, however that comes: the spectrum and whatever
    // else looks at the step's problem finds what was carried and its z alive, though the next step has its own.
    const spent: (tf.Tensor | Params)[] = [weights];
    let batch: TaskBatch | undefined;
    try {
      batch = this.task.batchAt(index, this.#state.carried);
      const problem = batch.problem(weights);
      const chance = createRandom(seed).fork('training').fork(String(index));
      const initial = options.warmStart ? this.#state.previous : undefined;
      const lesson = await learn(problem, options, index, chance, initial, batch.extra);
      spent.push(lesson.z, lesson.gradients);
      const gradient = this.#gradient(lesson.gradients);
      spent.push(gradient);
      // All that a step tells beside the residuals of its solves: one wait for the device.
      const { loss, metrics, beside } = await readBatch(batch, weights, lesson.z, {
        ...{ loss: lesson.loss, minimised: true },
        beside: [normOf(gradient), ...(lesson.penalty ? [lesson.penalty] : [])],
      });
      const [square = NaN, penalty] = beside;
      const norm = await sureNorm(square, gradient);
      const status = this.#judge(loss, norm);
      if (status === 'ok') spent.push(...this.#advance(weights, batch, lesson.z, gradient, norm));
      const milliseconds = performance.now() - started;
      const peakBytes = meter.sample().peak - foreignBytes;
      this.#count(lesson, loss, batch.examples, milliseconds);
      // Between two steps, so that a step's time and peak are its own.
      const spectralRadius =
        lesson.passes.residual !== undefined && dueAfter(index + 1, options).spectrum
          ? { spectralRadius: await radiusAt(problem, lesson.z) }
          : {};
      const { examples, evaluations, seconds } = this.#state;
      return {
        ...{ network, step: index + 1, status, examples },
        loss,
        ...(Object.keys(metrics).length > 0 ? { metrics } : {}),
        gradientNorm: norm,
        learningRate: learningRateAt(index, options),
        ...lesson.passes,
        ...(penalty === undefined ? {} : { penalty }),
        ...{ evaluations, milliseconds, seconds, peakBytes },
        ...(status === 'ok' ? await this.#validation() : {}),
        ...spectralRadius,
      };
    } finally {
      tf.dispose(spent);
      batch?.[Symbol.dispose]();
    }
  }

  /**
   * Enqueue one of every kernel that a step needs and read nothing back: with `compileAhead` to have them
   * compiled. Nothing is trained.
   */
  rehearse(): void {
    const { options, task } = this;
    // Of its own: a rehearsal computes nothing, and the first step must not begin with that.
    const weights = this.#make();
    using first = task.batchAt(0);
    const { gradient } = options;
    const play = (batch: TaskBatch): void => {
      const problem = withExtra(batch.problem(weights), batch.extra);
      const { forward, penalty } = options;
      const packed = this.#gradient(
        rehearse(problem, { forward, gradient, penalty: penaltyOf(penalty, gradient) }),
      );
      const norm = normOf(packed);
      // As a step's numbers are read, each with its own.
      const z = problem.initialState();
      const numbers = tf.tidy(() => {
        const { extra, measured } = batch;
        const said = measured?.readout ? [measured.readout(weights, z)] : [];
        const told = [norm, norm, ...(extra ? [norm] : []), ...said];
        return [pack(told), ...(penaltyOf(penalty, gradient) ? [pack([norm, ...told])] : [])];
      });
      tf.dispose([numbers, norm, z]);
      const { adam, params } = this.#state;
      const state = { ...adam, first: tf.clone(adam.first), second: tf.clone(adam.second) };
      const updated = adamwUpdate(packed, state, cloneParams(params), {
        learningRate: options.learningRate,
        weightDecay: options.weightDecay,
      });
      tf.dispose([updated.params, updated.state.first, updated.state.second]);
    };
    play(first);
    const carried = carriedBy(first, weights);
    if (carried) {
      using second = task.batchAt(1, carried);
      play(second);
    }
    tf.dispose([weights, carried ?? {}]);
  }

  /** A lesson's gradients, which it takes over, of what is trained. */
  #gradient(gradients: Params): tf.Tensor1D {
    const { params } = this.#state;
    const { parameters } = this.task;
    const { weightNorm } = this.options;
    const own = weightNorm ? pullThroughNorm(parameters, params, gradients) : gradients;
    return packGradient(params, own);
  }

  #judge(loss: number, norm: number): TrainStatus {
    if (!Number.isFinite(loss) || !Number.isFinite(norm)) return 'nonfinite';
    const { firstLoss } = this.#state;
    const guessing = this.task.loss.baselines[0]?.value ?? firstLoss;
    // Not a number before the first step, which no loss is above.
    const limit = Math.max(blownUp * guessing, risen * firstLoss);
    return loss > limit ? 'diverged' : 'ok';
  }

  /**
   * Make the update, taking the gradient over, and keep what the next step needs of this one: what the task carries,
   * and z for a warm start. All in one change, so that a step that fails half-way leaves the state as it was. Returns what was
   * carried until now, which the step's problem may still borrow: it is the caller's to free.
   */
  #advance(
    weights: Params,
    batch: TaskBatch,
    z: tf.Tensor,
    gradient: tf.Tensor1D,
    norm: number,
  ): (tf.Tensor | Params)[] {
    const { warmStart, weightDecay, clip } = this.options;
    const { params, adam, carried, previous } = this.#state;
    const remembered = batch.remember?.(weights, z);
    const updated = adamwUpdate(gradient, adam, params, {
      learningRate: learningRateAt(adam.step, this.options),
      weightDecay,
      factor: clipFactor(norm, clip),
    });
    this.#state = {
      ...this.#state,
      ...{ params: updated.params, adam: updated.state, carried: remembered },
      previous: warmStart ? tf.clone(z) : undefined,
    };
    return [carried, previous].filter((spent) => spent !== undefined);
  }

  #count(lesson: Lesson, loss: number, learnt: number, milliseconds: number): void {
    const { examples, evaluations, seconds, firstLoss } = this.#state;
    this.#state = {
      ...this.#state,
      examples: examples + learnt,
      evaluations: evaluations + lesson.evaluations,
      seconds: seconds + milliseconds / 1000,
      firstLoss: Number.isNaN(firstLoss) ? loss : firstLoss,
    };
  }

  /** The held-out loss and metrics after this update, when they are due. */
  async #validation(): Promise<Pick<TrainRecord, 'validation' | 'heldOut' | 'start'>> {
    if (!dueAfter(this.step, this.options).validation) return {};
    const found = await validate(this.task, this.#current(), this.options);
    if (!found) return {};
    const { loss: validation, metrics, start } = found;
    return {
      validation,
      ...(Object.keys(metrics).length > 0 ? { heldOut: metrics } : {}),
      ...(start ? { start } : {}),
    };
  }

  [Symbol.dispose](): void {
    tf.dispose([tensorsOf(this.#state), this.#made ?? []]);
  }
}

/** Handles of one's own to the same tensors. */
const cloneParams = (params: Params): Params =>
  Object.fromEntries(Object.entries(params).map(([name, p]) => [name, tf.clone(p)]));

/** Every tensor of a state. */
export const tensorsOf = ({ params, adam, carried, previous }: TrainerState): tf.Tensor[] => [
  ...Object.values(params),
  adam.first,
  adam.second,
  ...Object.values(carried ?? {}),
  ...(previous ? [previous] : []),
];
