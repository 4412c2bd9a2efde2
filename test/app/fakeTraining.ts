import { languageLoss } from '../../src/families/language/loss.ts';
import { EngineFault } from '../../src/engine/faults.ts';
import type { SessionCommands } from '../../src/engine/serve.ts';
import type {
  CorpusReport,
  DataReport,
  EngineEvent,
  Experiment,
  SampledToken,
  TrainingCommands,
  TrainingReport,
  TrainRecord,
} from '../../src/engine/protocol/protocol.ts';
import { familyOf } from '../../src/families/settings.ts';
import { parseExperiment } from '../../src/schema/readExperiment.ts';
import type { Begin } from './fakeEngine.ts';
import { dueAfter } from '../../src/train/rhythm.ts';
import { sleep } from './fakeSolves.ts';
import type { ProblemSizes } from '../../src/memory/problemSizes.ts';
import { someMemory, someSizes } from './fakeValues.ts';
import type { Bytes } from '../../app/store/files.ts';

/** How a fake engine trains. */
export interface FakeTrainingOptions {
  /** Step at which the loss is no longer a number, while the learning rate is above 0.003. */
  readonly nonfiniteAt?: number;
  /** Steps between two checkpoints; default 20. */
  readonly checkpointEvery?: number;
  /** Milliseconds a token of a sample takes; default 1. A step takes 10. */
  readonly tokenMilliseconds?: number;
}

/** A record of the DEQ's training: the loss falls with the steps. For tests. */
export const someTrainRecord = (step: number, change: Partial<TrainRecord> = {}): TrainRecord => ({
  ...{ network: 'deq', step, status: 'ok', examples: 128 * step },
  ...{ loss: 4 / (1 + step / 50), gradientNorm: 1, learningRate: 5e-3 },
  ...{ forwardEvaluations: 12, backwardEvaluations: 12, evaluations: 24 * step },
  ...{ milliseconds: 10, seconds: step / 100, peakBytes: 2e6 },
  ...change,
});

/** What a fake says of any text. */
const someCorpus = (text: string | undefined): CorpusReport => ({
  ...{ characters: text?.length ?? 40_000, lines: 3, distinctCharacters: 40, vocabulary: 41 },
  ...{ trainTokens: 36_000, validationTokens: 4000 },
  ...{ charactersPerToken: { train: 1, heldOut: 1 }, unknown: { train: 0, heldOut: 0 } },
  ...{ preview: ['T', 'h', 'e'], uniform: Math.log(41), unigram: 2.9 },
  ...{ parameters: 18_432, embedding: 1312 },
});

const someData = (given: string | undefined): DataReport => {
  const text = someCorpus(given);
  return {
    ...{ learnt: text.trainTokens, heldOut: text.validationTokens, parameters: text.parameters },
    ...{ loss: languageLoss(text), metrics: [], text },
  };
};

/** The sizes of something so many times as large. */
const scaled = (sizes: ProblemSizes, times: number): ProblemSizes =>
  Object.fromEntries(
    Object.entries({ ...sizes } as unknown as Readonly<Record<string, number>>).map(
      ([name, size]) => [name, size * times],
    ),
  ) as unknown as ProblemSizes;

const encode = (value: unknown): Bytes => new TextEncoder().encode(JSON.stringify(value));
const decode = (file: Bytes): { readonly step: number; readonly experiment: Experiment } => {
  const { step, experiment } = JSON.parse(new TextDecoder().decode(file)) as {
    step: number;
    experiment: unknown;
  };
  return { step, experiment: parseExperiment(experiment).experiment };
};

/** A model file as fakes write and read it. */
export const someModelFile = (experiment: Experiment, step = 30): Bytes =>
  encode({ step, experiment });

const bad = (message: string): EngineFault => new EngineFault('bad-input', message);

/** The training half of a fake engine. `begin` notes a command and may fail it. */
export function fakeTraining(options: {
  readonly training: FakeTrainingOptions;
  readonly emit: (event: EngineEvent) => void;
  readonly begin: Begin;
  readonly disposed: () => boolean;
}): Pick<SessionCommands, keyof TrainingCommands> {
  const { emit, begin } = options;
  const ended = (signal: AbortSignal): boolean => signal.aborted || options.disposed();
  const { nonfiniteAt = Infinity, checkpointEvery = 20, tokenMilliseconds = 1 } = options.training;
  let run: { step: number; experiment: Experiment } | null = null;
  let model: { readonly step: number; readonly experiment: Experiment } | null = null;

  /** Makes a step; whether its numbers were finite. */
  const record = (step: number): boolean => {
    if (!run) return true;
    const { train } = run.experiment;
    const status = step === nonfiniteAt && train.learningRate > 0.003 ? 'nonfinite' : 'ok';
    const { learningRate } = train;
    const made = someTrainRecord(step, {
      ...{ status, learningRate },
      ...(step % 10 === 0 ? { validation: 5 / (1 + step / 50) } : {}),
    });
    emit({ event: 'trained', records: [made], memory: someMemory });
    if (status !== 'ok') return false;
    run.step = step;
    if (step % checkpointEvery !== 0 && step !== train.steps) return true;
    const validation = made.validation === undefined ? {} : { validation: made.validation };
    emit({ event: 'checkpoint', step, file: encode(run), ...validation });
    return true;
  };
  return {
    openData: async ({ signal, progress }, _, text) => {
      await begin('openData');
      for (let done = 1; done <= 3; done++) {
        progress({ done, total: 3, label: 'Counting characters' });
        await sleep(20);
        signal.throwIfAborted();
      }
      return someData(text);
    },
    // As large as its batch; asked before every run, so that no list of commands is the clearer for it.
    meterTraining: (_, { cell, train }) =>
      Promise.resolve({
        kernels: 'fused',
        sizes: scaled(someSizes, (train.batch * train.length * cell.width) / 1000),
      }),
    openTraining: async (_, experiment, text, file): Promise<TrainingReport> => {
      await begin(`openTraining ${file ? `from ${String(decode(file).step)}` : 'anew'}`);
      run = { step: file ? decode(file).step : 0, experiment };
      const { steps, twin } = experiment.train;
      const { step } = run;
      return {
        data: someData(text),
        step,
        steps,
        parameters: 18_432,
        twin,
        fused: true,
        memory: someMemory,
      };
    },
    train: async ({ signal }, count, { samplesEvery } = { samplesEvery: 0, view: true }) => {
      await begin(`train ${String(count)}`);
      if (!run) throw bad('There is no run.');
      const last = Math.min(run.experiment.train.steps, run.step + (count ?? Infinity));
      while (run.step < last && !ended(signal)) {
        await sleep(10);
        if (!record(run.step + 1)) return { step: run.step, status: 'nonfinite' };
        if (run.step < last && dueAfter(run.step, { ...run.experiment.train, samplesEvery }).sample)
          return { step: run.step, status: 'sample' };
      }
      const finished = run.step >= run.experiment.train.steps;
      return { step: run.step, status: finished ? 'finished' : 'paused' };
    },
    changeTraining: async (_, experiment) => {
      await begin('changeTraining');
      if (run) run = { ...run, experiment };
    },
    saveTraining: async () => {
      await begin('saveTraining');
      return encode(run);
    },
    exportModel: async () => {
      await begin('exportModel');
      return encode(run);
    },
    openModel: async (_, file) => {
      await begin('openModel');
      try {
        model = decode(file);
      } catch {
        throw bad('This is not a model of this page.');
      }
      return { ...model, vocabulary: 41, parameters: 18_432 };
    },
    closeTraining: async () => {
      await begin('closeTraining');
      run = null;
    },
    generate: async ({ signal }, from, { sample, problem }) => {
      await begin(`generate ${String(sample.length)} from ${from}`);
      const source = from === 'run' ? run : model;
      if (!source) throw bad('There is no model to write with.');
      if (source.experiment.problem.family !== problem.family)
        throw bad('These settings are not the model’s.');
      if (familyOf(problem.family).input !== 'text') throw bad('This model writes no text.');
      let tokens = 0;
      while (tokens < sample.length && !ended(signal)) {
        await sleep(tokenMilliseconds);
        const token: SampledToken = {
          ...{ text: 'a', probability: 0.5, evaluations: 6, status: 'converged' },
          ...{ otherEvaluations: 0, positions: 1 },
          top: [{ text: 'a', probability: 0.5 }],
        };
        emit({ event: 'sampled', tokens: [token], step: source.step });
        tokens++;
      }
      return { tokens, interrupted: signal.aborted, milliseconds: tokens, unknown: 0 };
    },
  };
}
