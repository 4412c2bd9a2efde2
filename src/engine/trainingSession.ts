import type { Experiment } from '../schema/experiment.ts';
import type { MemoryMeter } from '../tf/memory.ts';
import { fusedOn } from '../tf/fused.ts';
import * as tf from '../tf/index.ts';
import { breathe } from '../tf/pace.ts';
import { CheckpointRhythm } from './checkpointRhythm.ts';
import { corpusText, describeCorpus, readCorpus, type Corpus } from './corpus.ts';
import { EngineFault } from './faults.ts';
import {
  openModelFile,
  readFile,
  writeModelFile,
  type TrainedModel,
} from '../families/language/modelFile.ts';
import { Outbox } from './outbox.ts';
import type { EngineEvent, TrainRecord } from './protocol/protocol.ts';
import { sample } from './sampling.ts';
import type { SessionCommands, Turn } from './serve.ts';
import type {
  CorpusReport,
  ModelReport,
  SampleReport,
  TrainingCommands,
  TrainingProgress,
  TrainingReport,
  TrainingText,
} from './protocol/trainingProtocol.ts';
import { TrainingRun } from './trainingRun.ts';
import { warmUp } from './warmUp.ts';

/** What the worker holds for training: the newest corpus, the run, and a model from a file. */
export class TrainingSession implements Pick<SessionCommands, keyof TrainingCommands> {
  readonly #emit: (event: EngineEvent) => void;
  readonly #meter: () => MemoryMeter;
  #corpus: { readonly key: string; readonly corpus: Corpus } | undefined;
  #run: TrainingRun | undefined;
  #rhythm = new CheckpointRhythm(0);
  #opened: TrainedModel | undefined;

  /** `meter`: of the backend in use; throws when none has been started. */
  constructor(emit: (event: EngineEvent) => void, meter: () => MemoryMeter) {
    this.#emit = emit;
    this.#meter = meter;
  }

  readonly openCorpus = async (
    turn: Turn,
    experiment: Experiment,
    text: TrainingText,
  ): Promise<CorpusReport> =>
    describeCorpus(experiment, await this.#readCorpus(turn, experiment, text));

  readonly openTraining = async (
    turn: Turn,
    experiment: Experiment,
    text: TrainingText,
    bytes?: Uint8Array<ArrayBuffer>,
  ): Promise<TrainingReport> => {
    const meter = this.#meter();
    const file = bytes ? readFile(bytes) : undefined;
    // A saved model knows its own words; another text is read in them.
    const corpus = file
      ? await readCorpus(experiment, corpusText(experiment, text), {
          signal: turn.signal,
          onProgress: () => undefined,
          tokenizer: file.tokenizer,
        })
      : await this.#readCorpus(turn, experiment, text);
    const run = new TrainingRun({ experiment, corpus, meter, file });
    // Only now: a file that does not fit must not cost the run that is there.
    this.#endRun();
    this.#run = run;
    await warmUp(this.#emit, () => {
      run.rehearse();
    });
    this.#rhythm = new CheckpointRhythm(run.step);
    const { step, steps, parameters } = run;
    return {
      corpus: describeCorpus(experiment, corpus),
      ...{ step, steps, parameters },
      twin: experiment.train.twin,
      fused: fusedOn(),
      memory: meter.sample(),
    };
  };

  readonly train = async ({ signal }: Turn, count = Infinity): Promise<TrainingProgress> => {
    const run = this.#running;
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
        const record = await taken(run.next(goal));
        let { status } = record;
        const due = rhythm.isDue(record);
        while (status === 'ok' && !run.level && (due || stopped()))
          ({ status } = await taken(run.catchUp()));
        if (status !== 'ok') return { step: run.step, status };
        if (due) await keep(record.validation);
      }
      await keep();
    } finally {
      outbox.flush();
    }
    return { step: run.step, status: run.step >= run.steps ? 'finished' : 'paused' };
  };

  readonly changeTraining = async (_: Turn, experiment: Experiment): Promise<void> => {
    this.#running.change(experiment);
  };

  readonly saveTraining = async (): Promise<Uint8Array<ArrayBuffer>> => this.#running.save();

  readonly exportModel = async (): Promise<Uint8Array<ArrayBuffer>> => {
    const trained = this.#running.trained();
    try {
      return await writeModelFile(trained);
    } finally {
      tf.dispose(trained.params);
    }
  };

  readonly openModel = async (_: Turn, bytes: Uint8Array<ArrayBuffer>): Promise<ModelReport> => {
    const opened = openModelFile(readFile(bytes));
    if (this.#opened) tf.dispose(this.#opened.params);
    this.#opened = opened;
    const { experiment, tokenizer, params, step } = opened;
    const parameters = Object.values(params).reduce((sum, { size }) => sum + size, 0);
    return { experiment, vocabulary: tokenizer.size, parameters, step };
  };

  readonly generate = async (
    { signal }: Turn,
    from: 'run' | 'file',
    experiment: Experiment,
  ): Promise<SampleReport> => {
    const own = from === 'run' ? this.#running.trained() : undefined;
    const trained = own ?? this.#opened;
    if (!trained)
      throw new EngineFault(
        'bad-input',
        'No model file is open. Open one, or load the pretrained one.',
      );
    try {
      return await sample(trained, experiment, signal, (tokens) => {
        this.#emit({ event: 'sampled', tokens, step: trained.step });
      });
    } finally {
      if (own) tf.dispose(own.params);
    }
  };

  readonly closeTraining = async (): Promise<void> => {
    this.#endRun();
  };

  /** Frees everything on the device. */
  close(): void {
    this.#endRun();
    if (this.#opened) tf.dispose(this.#opened.params);
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

  /** Reading takes seconds for a large vocabulary, so the newest corpus is kept. */
  async #readCorpus(
    { signal, progress }: Turn,
    experiment: Experiment,
    given: TrainingText,
  ): Promise<Corpus> {
    const text = corpusText(experiment, given);
    const { tokenizer, merges } = experiment.data;
    const key = JSON.stringify([tokenizer, tokenizer === 'bpe' && merges, experiment.train.length]);
    const known = this.#corpus;
    if (known?.key === key && known.corpus.text === text) return known.corpus;
    const corpus = await readCorpus(experiment, text, {
      signal,
      onProgress: (done, total) => {
        progress({ done, total, label: 'Reading the text' });
      },
    });
    this.#corpus = { key, corpus };
    return corpus;
  }
}
