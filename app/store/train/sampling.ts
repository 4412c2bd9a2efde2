import type { Experiment } from '../../../src/schema/experiment.ts';
import { familyOf } from '../../../src/families/settings.ts';
import { withShapeOf } from '../../../src/schema/weights.ts';
import type { SampledToken, SampleReport } from '../../../src/engine/protocol/protocol.ts';
import type { AppState } from '../state.ts';
import type { TrainAccess, Sample, TrainSlice } from './types.ts';
import type { Models } from './models.ts';

/** Tokens of an automatic sample at most. */
const SHORT = 60;
/** Automatic samples that are kept on screen. */
const KEPT = 20;
/** Share of the training's time that automatic samples may take. */
const BUDGET = 0.03;

/** Steps between two automatic samples of the run; 0 for never, as where what is trained writes nothing. */
export function samplesEvery({ run, experiment }: Pick<AppState, 'run' | 'experiment'>): number {
  const { family } = (run?.applied ?? experiment).problem;
  return familyOf(family).learns?.texts ? experiment.sample.every : 0;
}

/** Samples, asked for and automatic. */
export interface Sampling extends Pick<TrainSlice, 'drawSample' | 'stopSample'> {
  /** Tokens the engine has written. */
  readonly take: (tokens: readonly SampledToken[], step: number) => void;
  /** Where one is due: a short sample, if there is time for one. */
  readonly automatic: () => Promise<void>;
}

/** Nothing is being written. */
export function createSampling(
  access: TrainAccess,
  models: Pick<Models, 'ready' | 'loadPretrained'>,
  options: {
    /** Resolves when the engine holds the run on screen. */
    readonly runReady: () => Promise<void>;
    readonly onError: (error: unknown) => void;
    /** An earlier failure is over. */
    readonly dismiss: () => void;
  },
): Sampling {
  const { get, set, lane, now } = access;
  /** Goes up with each sample the visitor asks for; late news of an older one is dropped. */
  let drawn = 0;
  /** The newest sample the visitor has stopped. */
  let stopped = 0;
  /** What the engine writes on: one of the visitor's, or the timeline's newest. */
  let writing: number | 'timeline' | null = null;

  const settings = (): Experiment => {
    const { run, model, experiment } = get();
    // Weights come with their family and the shape they fit; how to write is the visitor's to say.
    if (run) return { ...run.applied, sample: experiment.sample };
    return model ? withShapeOf(experiment, model.experiment) : experiment;
  };
  const onNewest = (change: (sample: Sample) => Sample): void => {
    const { timeline } = get();
    const newest = timeline.at(-1);
    if (newest) set({ timeline: [...timeline.slice(0, -1), change(newest)] });
  };
  const blank = (step: number | null): Sample => {
    const { prompt } = get().experiment.sample;
    return { prompt, tokens: [], step, report: null };
  };

  const write = async (mine: number): Promise<void> => {
    const before = get();
    if (!before.run && !before.model) await models.loadPretrained();
    const wanted = (): boolean => mine === drawn && mine !== stopped;
    if (!wanted() || (!get().run && !get().model)) return;
    await (get().run ? options.runReady() : models.ready());
    const report = await lane.ask('sample', (engine): Promise<SampleReport | null> => {
      if (!wanted()) return Promise.resolve(null);
      writing = mine;
      return engine.generate(get().run ? 'run' : 'file', settings());
    });
    const { sample } = get();
    if (report && sample && mine === drawn) set({ sample: { ...sample, report } });
  };
  const draw = async (): Promise<void> => {
    const mine = ++drawn;
    lane.interrupt('sample');
    options.dismiss();
    set({ sampling: true, modelProblem: null, sample: blank(get().run?.newest.deq?.step ?? null) });
    try {
      await write(mine);
    } catch (error) {
      options.onError(error);
    }
    if (mine === drawn) set({ sampling: false });
  };

  return {
    drawSample: () => void draw(),
    stopSample: () => {
      if (!get().sampling) return;
      stopped = drawn;
      lane.interrupt('sample');
      set({ sampling: false });
    },
    take: (tokens, step) => {
      const add = (sample: Sample): Sample => ({
        ...sample,
        tokens: [...sample.tokens, ...tokens],
        step: get().run ? step : null,
      });
      const { sample } = get();
      if (writing === 'timeline') onNewest(add);
      else if (writing === drawn && sample) set({ sample: add(sample) });
    },
    automatic: async () => {
      const backstage = access.backstage();
      const { length } = get().experiment.sample;
      if (!backstage || backstage.sampled > BUDGET * backstage.trained) return;
      const { step } = backstage;
      if (get().timeline.at(-1)?.step === step) return;
      const report = await lane.ask(
        'timeline',
        async (engine) => {
          if (access.backstage() !== backstage || get().runPhase !== 'running') return null;
          set({ timeline: [...get().timeline, blank(step)].slice(-KEPT) });
          writing = 'timeline';
          const experiment = settings();
          const sample = { ...experiment.sample, length: Math.min(length, SHORT) };
          const began = now();
          const report = await engine.generate('run', { ...experiment, sample });
          backstage.sampled += now() - began;
          return report;
        },
        { yields: true },
      );
      if (!report || access.backstage() !== backstage) return;
      // One that gave way before it had written anything is not worth a line.
      if (report.tokens === 0) set({ timeline: get().timeline.slice(0, -1) });
      else onNewest((sample) => ({ ...sample, report }));
    },
  };
}
