import { weightsPath, withShapeOf } from '../../../src/schema/weights.ts';
import { changeSetting, type Experiment } from '../../../src/schema/experiment.ts';
import type { Bytes } from '../files.ts';
import { solveWithOwn } from '../config/ownWeights.ts';
import type { TrainAccess, TrainSlice } from './types.ts';

/** Models of the run, of files, and of this page's own. */
export interface Models extends Pick<
  TrainSlice,
  'modelFile' | 'downloadModel' | 'openInSolve' | 'bringBackModel'
> {
  readonly loadPretrained: () => Promise<void>;
  /** Reads a model file; what is wrong with it goes to `modelProblem`. */
  readonly openBytes: (bytes: Bytes, name: string) => Promise<void>;
  /** Resolves when the engine holds the opened model. */
  readonly ready: () => Promise<void>;
}

/** A model as it was opened: the file's bytes, its name, and whether it is this page's own. */
interface OpenedModel {
  readonly bytes: Bytes;
  readonly name: string;
  readonly pretrained: boolean;
}

/** What the page calls its own model. */
const PRETRAINED_NAME = 'Pretrained on Moby-Dick';

const NO_MODEL = 'There is no model yet: train one, open a model file, or load the pretrained one.';

/** No model opened. */
export function createModels(
  access: TrainAccess,
  options: {
    readonly download: (name: string, bytes: Bytes) => void;
    readonly runReady: () => Promise<void>;
    /** Takes what went wrong and wasn't the file's fault; returns the words for what was. */
    readonly onError: (error: unknown) => string | null;
    /** An earlier failure is over. */
    readonly dismiss: () => void;
  },
): Models {
  const { get, set, lane, weights } = access;
  let opened: OpenedModel | null = null;
  /** The model before it, so that a file never takes the place of another for good. */
  let before: OpenedModel | null = null;
  /** Number of the engine that has read it. */
  let epoch = 0;

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    set({ modelProblem: null });
    options.dismiss();
    try {
      await work();
    } catch (error) {
      set({ modelProblem: options.onError(error) });
    }
  };
  const read = async (file: OpenedModel): Promise<void> => {
    const report = await lane.ask('file', (engine) => engine.openModel(file.bytes));
    if (opened && opened.bytes !== file.bytes) before = opened;
    opened = file;
    epoch = lane.epoch();
    set({ model: { ...report, name: file.name }, replacedModel: before?.name ?? null });
  };
  /** By the visitor's wish: what the model before it wrote is not this one's. */
  const exchange = async (file: OpenedModel): Promise<void> => {
    await read(file);
    set({ sample: null });
  };
  /** The model that samples would be written with: the run's, else the opened one. */
  const current = async (): Promise<{ bytes: Bytes; experiment: Experiment; step: number }> => {
    const { run, model } = get();
    if (run) {
      await options.runReady();
      const bytes = await lane.ask('file', (engine) => engine.exportModel());
      return { bytes, experiment: run.applied, step: access.backstage()?.step ?? 0 };
    }
    if (!opened || !model) throw new Error(NO_MODEL);
    return { bytes: opened.bytes, experiment: model.experiment, step: model.step };
  };
  const toSolve = async (): Promise<void> => {
    const { run } = get();
    if (!run && opened?.pretrained) {
      const { experiment } = get();
      const path = weightsPath(experiment);
      if (path) get().openModel(changeSetting(experiment, path, 'pretrained').experiment);
    } else {
      const { bytes, experiment: trained } = await current();
      solveWithOwn(access, bytes, trained, withShapeOf(get().experiment, trained));
    }
    get().showView('solve');
  };

  return {
    loadPretrained: () =>
      attempt(async () => {
        const bytes = await weights.pretrained(get().experiment);
        // A sample that asked for it is being written already.
        const take = get().sampling ? read : exchange;
        await take({ bytes, name: PRETRAINED_NAME, pretrained: true });
      }),
    openBytes: (bytes, name) => attempt(() => exchange({ bytes, name, pretrained: false })),
    ready: async () => {
      const file = opened;
      if (!file || epoch === lane.epoch()) return;
      await lane.ask('file', (engine) => engine.openModel(file.bytes));
      epoch = lane.epoch();
    },
    modelFile: async () => (get().run || opened ? current() : null),
    downloadModel: () =>
      void attempt(async () => {
        const { bytes, step } = await current();
        options.download(`deq-model-step-${String(step)}.safetensors`, bytes);
      }),
    openInSolve: () => void attempt(toSolve),
    bringBackModel: () =>
      void attempt(async () => {
        if (before) await exchange(before);
      }),
  };
}
