import type { Experiment } from '../schema/experiment.ts';
import { writeFile, type FileHead } from '../families/modelFile.ts';
import type { FamilyTraining, TrainedModel, TrainingData } from '../families/training.ts';
import type { MemoryMeter } from '../tf/memory.ts';
import {
  loadState,
  saveState,
  type SavedTrainer,
  type TrainerCounts,
} from '../train/checkpoint.ts';
import type { NetworkName, TrainRecord } from '../train/records.ts';
import { dueAfter, type Due } from '../train/rhythm.ts';
import { Trainer, type TrainerState } from '../train/trainer.ts';
import { EngineFault, toFault } from './faults.ts';
import type { Observation } from '../families/observation.ts';
import { networkExperiment, networkTasks, trainOptions } from './trainOptions.ts';

/**
 * How long the DEQ of a twin run trains before it is the twin's turn, in milliseconds. Whoever pauses waits until the
 * twin has caught up, so it is no longer than that.
 */
const turn = 500;

/** What a run is made of. */
export interface RunSetup {
  readonly experiment: Experiment;
  readonly family: FamilyTraining;
  readonly data: TrainingData;
  readonly meter: MemoryMeter;
  /** A checkpoint to go on from, or a model to start from. */
  readonly file?: FileHead | undefined;
}

/** One training run: the DEQ, and beside it its twin, explicit or a variant, if there is to be one. */
export class TrainingRun implements Disposable {
  readonly #data: TrainingData;
  /** The DEQ's, and the twin's if there is one. */
  readonly #trainers: readonly Trainer[];
  #experiment: Experiment;
  /** Whether it is the twin's turn, and since when it has been the DEQ's. */
  #twinsTurn = false;
  #since = performance.now();

  constructor({ experiment, family, data, meter, file }: RunSetup) {
    const { train, random } = experiment;
    this.#experiment = experiment;
    this.#data = data;
    const taskOf = networkTasks(data, experiment);
    const names: readonly NetworkName[] = train.twin ? ['deq', 'twin'] : ['deq'];
    const trainers: Trainer[] = [];
    this.#trainers = trainers;
    try {
      for (const network of names) {
        const trainer = new Trainer({
          network,
          task: taskOf(network),
          seed: random.seed,
          options: trainOptions(experiment, network),
          meter,
          // A model's weights are those of its own network: a variant's have another shape.
          ...(file?.kind === 'model' && networkExperiment(experiment, network) === experiment
            ? { params: family.openModel(file).params }
            : {}),
        });
        trainers.push(trainer);
        if (file?.kind === 'checkpoint') trainer.restore(savedState(file, trainer));
      }
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  get #deq(): Trainer {
    return this.#trainers[0] as Trainer;
  }

  /** Whether both networks of a twin run have made as many updates; true for one that is alone. */
  get level(): boolean {
    return this.#trainers.every(({ step }) => step === this.#deq.step);
  }

  /** What is due after the updates that were made, where samples are written so often. */
  due(samplesEvery: number): Due {
    const { steps, validateEvery, spectrumEvery } = this.#experiment.train;
    return dueAfter(this.step, { steps, validateEvery, spectrumEvery, samplesEvery });
  }

  /** Updates that all networks have made. */
  get step(): number {
    return Math.min(...this.#trainers.map(({ step }) => step));
  }

  get steps(): number {
    return this.#experiment.train.steps;
  }

  /** Trainable numbers of one network. */
  get parameters(): number {
    return this.#deq.state.adam.first.size;
  }

  /** Takes over settings that may change while it trains. */
  change(experiment: Experiment): void {
    this.#experiment = experiment;
    const taskOf = networkTasks(this.#data, experiment);
    for (const trainer of this.#trainers) {
      trainer.task = taskOf(trainer.network);
      trainer.options = trainOptions(experiment, trainer.network);
    }
  }

  /** Enqueue one of every kernel that training needs, and read nothing back. */
  rehearse(): void {
    for (const trainer of this.#trainers) trainer.rehearse();
  }

  /**
   * One step of one network. In a twin run they take turns, so that both see the same machine: the DEQ for about half
   * a second, then the twin until it has caught up. It never gets ahead, so that the two can be brought `level` at any
   * step of the DEQ's, such as its best.
   */
  next(goal: number): Promise<TrainRecord> {
    return this.#stepOf(this.#whoseTurn(goal));
  }

  /**
   * One step of the network that is behind. Nothing may be saved, changed or shown of a run before it is `level`: the
   * step it stands at, the settings it learnt with and the weights would belong to different moments of the two.
   */
  catchUp(): Promise<TrainRecord> {
    const behind = this.#trainers.toSorted((a, b) => a.step - b.step)[0] as Trainer;
    return this.#stepOf(behind);
  }

  #stepOf(trainer: Trainer): Promise<TrainRecord> {
    const foreign = this.#trainers
      .filter((other) => other !== trainer)
      .reduce((bytes, { residentBytes }) => bytes + residentBytes, 0);
    return trainer.next(foreign);
  }

  #whoseTurn(goal: number): Trainer {
    const [deq, twin] = this.#trainers as [Trainer, Trainer | undefined];
    if (!twin) return deq;
    if (this.level) {
      this.#twinsTurn = false;
      this.#since = performance.now();
    } else if (deq.step >= goal || performance.now() - this.#since > turn) this.#twinsTurn = true;
    return this.#twinsTurn && twin.step < deq.step ? twin : deq;
  }

  /** What the task's view says of the DEQ as it is; undefined where it has none. */
  look(): Promise<Observation[] | undefined> {
    return this.#deq.look();
  }

  /** The DEQ's weights as a model; the caller disposes it. */
  trained(): TrainedModel {
    const run = { experiment: this.#experiment, step: this.#deq.step, params: this.#deq.weights() };
    return this.#data.modelOf(run);
  }

  /** The DEQ's weights, as the bytes of a `model` file. */
  async exportModel(): Promise<Uint8Array<ArrayBuffer>> {
    using trained = this.trained();
    const { experiment, step, params } = trained;
    const tensors = await this.#data.toFile(experiment, params);
    const { metadata } = this.#data;
    return writeFile({ kind: 'model', experiment, step, metadata, tensors });
  }

  /** Everything, as the bytes of a `checkpoint` file. */
  async save(): Promise<Uint8Array<ArrayBuffer>> {
    const tensors: Record<string, SavedTrainer['tensors'][string]> = {};
    const counts: Partial<Record<NetworkName, TrainerCounts>> = {};
    for (const { network, state } of this.#trainers) {
      const saved = await saveState(state);
      counts[network] = saved.counts;
      for (const [name, tensor] of Object.entries(saved.tensors))
        tensors[`${network}.${name}`] = tensor;
    }
    return writeFile({
      ...{ kind: 'checkpoint', experiment: this.#experiment, step: this.step, tensors },
      metadata: { ...this.#data.metadata, counts: JSON.stringify(counts) },
    });
  }

  [Symbol.dispose](): void {
    for (const trainer of this.#trainers) trainer[Symbol.dispose]();
  }
}

/** One network's part of a checkpoint. Throws a `bad-input` fault when it does not fit. */
function savedState({ tensors, metadata }: FileHead, { network, state }: Trainer): TrainerState {
  try {
    const prefix = `${network}.`;
    const own = Object.entries(tensors).filter(([name]) => name.startsWith(prefix));
    const named = own.map(([name, tensor]) => [name.slice(prefix.length), tensor]);
    const saved = {
      tensors: Object.fromEntries(named) as SavedTrainer['tensors'],
      counts: readCounts(metadata['counts'] ?? '', network),
    };
    return loadState(saved, state);
  } catch (error) {
    const { message } = toFault(error);
    throw new EngineFault('bad-input', `This checkpoint can’t be resumed. ${message}`);
  }
}

function readCounts(json: string, network: NetworkName): TrainerCounts {
  const all = JSON.parse(json) as Partial<
    Record<NetworkName, Partial<TrainerCounts> & { readonly tokens?: number }>
  > | null;
  const counts = all?.[network];
  const read = (key: keyof TrainerCounts | 'tokens'): number => {
    const value = counts?.[key];
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
      throw new Error(`It does not say how far its ${network} network was (${key}).`);
    return value;
  };
  return {
    step: Math.trunc(read('step')),
    // Before tasks had units of their own, all were tokens.
    examples: counts?.examples === undefined ? read('tokens') : read('examples'),
    evaluations: read('evaluations'),
    seconds: read('seconds'),
    // Not a number, and so not in JSON, before the first step.
    firstLoss: counts?.step === 0 ? NaN : read('firstLoss'),
  };
}
