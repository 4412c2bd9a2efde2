import type { Experiment } from '../schema/experiment.ts';
import type { MemoryMeter } from '../tf/memory.ts';
import type { MeteredProblem } from '../memory/memoryLaw.ts';
import { fusedOn } from '../tf/fused.ts';
import { breathe } from '../tf/pace.ts';
import { EngineFault } from './faults.ts';
import { loadFamily } from '../families/index.ts';
import { readingOf } from '../families/settings.ts';
import { readFile } from '../families/modelFile.ts';
import type { FamilyTraining, TrainedModel, TrainingData } from '../families/training.ts';
import { Outbox } from './outbox.ts';
import type { EngineEvent, TrainRecord } from './protocol/protocol.ts';
import type { SessionCommands, Turn } from './serve.ts';
import type {
  DataReport,
  ModelReport,
  SampledToken,
  SampleReport,
  TrainingCommands,
  TrainingProgress,
  TrainingWatch,
  TrainingReport,
  TrainingText,
} from './protocol/trainingProtocol.ts';
import { TrainingRun } from './trainingRun.ts';
import { CheckpointRhythm, nextSample } from '../train/rhythm.ts';
import { startMetrics } from '../train/startedTask.ts';
import { meterTask, trainOptions, trainStart } from './trainOptions.ts';
import { warmUp } from './warmUp.ts';

/** How a set-up's family is trained. Throws where nothing of it is. */
async function trainingOf({ problem }: Experiment): Promise<FamilyTraining> {
  const { training } = await loadFamily(problem.family);
  if (training) return training;
  throw new EngineFault('bad-input', 'This model family has nothing to train. Choose another one.');
}

/** What the page is told of the data of a set-up: the family's words, and what a start adds to its metrics. */
function reportOf(data: TrainingData, experiment: Experiment): DataReport {
  const report = data.report(experiment);
  return { ...report, metrics: [...report.metrics, ...startMetrics(trainStart(experiment))] };
}

/** What the worker holds for training: the newest data, the run, and a model from a file. */
export class TrainingSession implements Pick<SessionCommands, keyof TrainingCommands> {
  readonly #emit: (event: EngineEvent) => void;
  readonly #meter: () => MemoryMeter;
  #data: { readonly key: string; readonly data: TrainingData } | undefined;
  #run: TrainingRun | undefined;
  #rhythm = new CheckpointRhythm(0);
  #opened: TrainedModel | undefined;
  /** Whether a picture of the run was due that nobody looked at. */
  #unseen = false;

  /** `meter`: of the backend in use; throws when none has been started. */
  constructor(emit: (event: EngineEvent) => void, meter: () => MemoryMeter) {
    this.#emit = emit;
    this.#meter = meter;
  }

  readonly openData = async (
    turn: Turn,
    experiment: Experiment,
    text: TrainingText,
  ): Promise<DataReport> => {
    const family = await trainingOf(experiment);
    return reportOf(await this.#readData(turn, family, experiment, text), experiment);
  };

  readonly meterTraining = async (
    turn: Turn,
    experiment: Experiment,
    text: TrainingText,
  ): Promise<MeteredProblem> => {
    const meter = this.#meter();
    const data = await this.#readData(turn, await trainingOf(experiment), experiment, text);
    const sizes = meterTask(data, experiment, meter);
    return { sizes, kernels: fusedOn() ? 'fused' : 'stock' };
  };

  readonly openTraining = async (
    turn: Turn,
    experiment: Experiment,
    text: TrainingText,
    bytes?: Uint8Array<ArrayBuffer>,
  ): Promise<TrainingReport> => {
    const meter = this.#meter();
    const family = await trainingOf(experiment);
    const file = bytes ? readFile(bytes) : undefined;
    // What a file was trained on may be read in its own way, so the next run reads anew.
    const data = file
      ? await family.read(experiment, text, {
          signal: turn.signal,
          onProgress: () => undefined,
          file: file.metadata,
        })
      : await this.#readData(turn, family, experiment, text);
    const run = new TrainingRun({ experiment, family, data, meter, file });
    // Only now: a file that does not fit must not cost the run that is there.
    this.#endRun();
    this.#run = run;
    await warmUp(this.#emit, () => {
      run.rehearse();
    });
    this.#rhythm = new CheckpointRhythm(run.step);
    await this.#show(run);
    const { step, steps, parameters } = run;
    return {
      data: reportOf(data, experiment),
      ...{ step, steps, parameters },
      twin: experiment.train.twin,
      fused: fusedOn(),
      memory: meter.sample(),
    };
  };

  readonly train = async (
    { signal }: Turn,
    count = Infinity,
    { samplesEvery, view }: TrainingWatch = { samplesEvery: 0, view: true },
  ): Promise<TrainingProgress> => {
    const run = this.#running;
    if (view && this.#unseen) await this.#show(run);
    const goal = Math.min(run.steps, run.step + count);
    const rhythm = this.#rhythm;
    const outbox = new Outbox<TrainRecord>((records) => {
      this.#emit({ event: 'trained', records, memory: this.#meter().sample() });
    });
    const keep = async (validation?: number): Promise<void> => {
      if (run.step <= rhythm.lastSaved) return;
      outbox.flush();
      const file = await run.save();
      const best = validation === undefined ? {} : { validation };
      this.#emit({ event: 'checkpoint', step: run.step, file, ...best });
      rhythm.saved(run.step);
    };
    /** Whether the step went well; `due` if the state after it is to be kept. */
    const taken = async (next: Promise<TrainRecord>): Promise<TrainRecord> => {
      const record = await next;
      outbox.add(record);
      await breathe();
      return record;
    };
    const stopped = (): boolean => signal.aborted;
    try {
      while (run.step < goal && !stopped()) {
        const record = await taken(
          run.next(Math.min(goal, nextSample(run.step, { samplesEvery }))),
        );
        let { status } = record;
        const due = rhythm.isDue(record);
        while (status === 'ok' && !run.level && (due || stopped()))
          ({ status } = await taken(run.catchUp()));
        if (status !== 'ok') return { step: run.step, status };
        if (record.network === 'deq' && record.validation !== undefined) {
          if (view) await this.#show(run);
          else this.#unseen = true;
        }
        if (due) await keep(record.validation);
        if (run.level && run.step < goal && run.due(samplesEvery).sample && !stopped())
          return { step: run.step, status: 'sample' };
      }
      if (run.step >= run.steps) await keep();
    } finally {
      outbox.flush();
    }
    return { step: run.step, status: run.step >= run.steps ? 'finished' : 'paused' };
  };

  /** Sends what the task draws of the run's network, where it draws anything. */
  async #show(run: TrainingRun): Promise<void> {
    this.#unseen = false;
    const observations = await run.look();
    if (observations) this.#emit({ event: 'looked', step: run.step, observations });
  }

  readonly changeTraining = async (_: Turn, experiment: Experiment): Promise<void> => {
    this.#running.change(experiment);
  };

  readonly saveTraining = async (): Promise<Uint8Array<ArrayBuffer>> => this.#running.save();

  readonly exportModel = async (): Promise<Uint8Array<ArrayBuffer>> => this.#running.exportModel();

  readonly openModel = async (_: Turn, bytes: Uint8Array<ArrayBuffer>): Promise<ModelReport> => {
    const head = readFile(bytes);
    const opened = (await trainingOf(head.experiment)).openModel(head);
    this.#opened?.[Symbol.dispose]();
    this.#opened = opened;
    const { experiment, vocabulary, params, step } = opened;
    const parameters = Object.values(params).reduce((sum, { size }) => sum + size, 0);
    return { experiment, parameters, step, ...(vocabulary === undefined ? {} : { vocabulary }) };
  };

  readonly generate = async (
    { signal }: Turn,
    from: 'run' | 'file',
    experiment: Experiment,
  ): Promise<SampleReport> => {
    const own = from === 'run' ? this.#running.trained() : undefined;
    const trained = own ?? this.#opened;
    try {
      if (!trained)
        throw new EngineFault(
          'bad-input',
          'No model file is open. Open one, or load the pretrained one.',
        );
      if (!trained.write)
        throw new EngineFault(
          'bad-input',
          'This model writes no text, so there is nothing to sample.',
        );
      const outbox = new Outbox<SampledToken>((tokens) => {
        this.#emit({ event: 'sampled', tokens, step: trained.step });
      });
      try {
        return await trained.write(experiment, {
          solver: trainOptions(experiment, 'deq').forward,
          signal,
          onToken: (token) => {
            outbox.add(token);
          },
        });
      } finally {
        outbox.flush();
      }
    } finally {
      own?.[Symbol.dispose]();
    }
  };

  readonly closeTraining = async (): Promise<void> => {
    this.#endRun();
  };

  /** Frees everything on the device. */
  close(): void {
    this.#endRun();
    this.#opened?.[Symbol.dispose]();
    this.#opened = undefined;
  }

  get #running(): TrainingRun {
    if (!this.#run)
      throw new EngineFault('bad-input', 'No training run is open. Press Train to begin one.');
    return this.#run;
  }

  #endRun(): void {
    this.#run?.[Symbol.dispose]();
    this.#run = undefined;
  }

  /** Reading takes seconds for a large vocabulary, so the newest data are kept. */
  async #readData(
    { signal, progress }: Turn,
    family: FamilyTraining,
    experiment: Experiment,
    given: TrainingText,
  ): Promise<TrainingData> {
    const key = JSON.stringify([experiment.problem.family, family.key(experiment, given)]);
    if (this.#data?.key === key) return this.#data.data;
    const data = await family.read(experiment, given, {
      signal,
      onProgress: (done, total) => {
        progress({ done, total, label: readingOf(experiment.problem.family) });
      },
    });
    this.#data = { key, data };
    return data;
  }
}
