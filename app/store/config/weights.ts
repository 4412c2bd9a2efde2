import { familyOf } from '../../../src/families/settings.ts';
import type { Experiment, ParsedExperiment } from '../../../src/schema/experiment.ts';
import type { FieldPath } from '../../../src/schema/fields.ts';
import {
  pretrainedFile,
  sameShape,
  weightsOf,
  weightsPath,
  withRandomWeights,
  withShapeOf,
} from '../../../src/schema/weights.ts';
import { EngineError } from '../../../src/engine/protocol/engineError.ts';
import { faultOf } from '../engine/faults.ts';
import { MODEL_LIMIT, readOnce, type Bytes } from '../files.ts';

/** Where the weights of a solve come from when they are not random. */
export interface Weights {
  /** The file an experiment's weights are in; undefined where they are random. Rejects with words. */
  readonly of: (experiment: Experiment) => Promise<Bytes | undefined>;
  /** The same at once, where it is here already; null where it has to be asked for. */
  readonly here: (experiment: Experiment) => { readonly file: Bytes | undefined } | null;
  /** The small model of its layer that was trained for this page, fetched once. Rejects with words. */
  readonly pretrained: (experiment: Experiment) => Promise<Bytes>;
  /**
   * Keeps a file of the visitor's own, for weights that are `trained` in a page whose `ownWeights` are `made`, an object
   * of its own for each file. Older files stay while all together are no larger than one may be, so that Undo finds them.
   */
  readonly keep: (model: Bytes, made: Experiment) => void;
  /** The file of `made`, by default of those in use; null where it was not kept. */
  readonly kept: (made?: Experiment | null) => Bytes | null;
}

const refusal = (message: string): EngineError => new EngineError({ kind: 'bad-input', message });

/** No model kept and none fetched yet. `own` says whose weights are in use: the page's `ownWeights`. */
export function createWeights(
  fetchFile: (path: string) => Promise<Bytes>,
  own: () => Experiment | null = () => null,
): Weights {
  const models = new Map<Experiment, Bytes>();
  const kept: Weights['kept'] = (made = own()) => (made && models.get(made)) ?? null;
  const files = new Map<string, () => Promise<Bytes>>();
  const fetched = new Map<string, Bytes>();
  const pretrained = (experiment: Experiment): Promise<Bytes> => {
    const path = pretrainedFile(experiment);
    if (path === undefined) {
      const { title } = familyOf(experiment.problem.family);
      return Promise.reject(refusal(`There are no pretrained weights of the ${title}.`));
    }
    const read =
      files.get(path) ??
      readOnce(async () => {
        try {
          const file = await fetchFile(path);
          fetched.set(path, file);
          return file;
        } catch (error) {
          throw refusal(
            `The pretrained weights could not be fetched (${faultOf(error).message}). Check the connection and try again, or use random weights.`,
          );
        }
      });
    files.set(path, read);
    return read();
  };
  return {
    pretrained,
    keep: (model, made) => {
      models.set(made, model);
      let room = MODEL_LIMIT;
      for (const [one, { length }] of [...models].reverse())
        if ((room -= length) < 0 && one !== made) models.delete(one);
    },
    kept,
    of: async (experiment) => {
      const from = weightsOf(experiment);
      if (from === 'random') return undefined;
      if (from === 'pretrained') return pretrained(experiment);
      const file = kept();
      if (file) return file;
      throw refusal('There is no model of yours to take weights from. Use random weights.');
    },
    here: (experiment) => {
      const from = weightsOf(experiment);
      if (from === 'random') return { file: undefined };
      const file = from === 'pretrained' ? fetched.get(pretrainedFile(experiment) ?? '') : kept();
      return file ? { file } : null;
    },
  };
}

/** Whether what is on screen is computed with weights that no link can hold: trained here, or from a file. */
export const sharesOwnWeights = (state: {
  readonly view: string;
  readonly experiment: Experiment;
  readonly run: unknown;
  readonly model: { readonly name: string } | null;
}): boolean =>
  state.view === 'train'
    ? state.run !== null || state.model !== null
    : weightsOf(state.experiment) === 'trained';

/** Whether the layer has the shape of weights that were trained in `trained`; what its kind has no use for is free. */
export const fitsWeights = (experiment: Experiment, trained: Experiment | null): boolean =>
  trained !== null && sameShape(experiment, trained);

/** Said to the sender of a link whose weights stay here. */
export const WEIGHTS_STAY =
  'Your weights are not in the link: whoever opens it gets random ones. To pass the model on, send its file as well (“Download model” in the Train view).';

/** Said of a link whose weights stayed with its sender. */
export const FOREIGN_WEIGHTS =
  'The weights of this link’s sender are not in the link; the weights are random.';

/** Said when a change of shape makes the visitor's weights useless. */
const WEIGHTS_DO_NOT_FIT =
  'Your weights fit another shape of the layer; the weights are random now.';

/** Said when the visitor asks for weights that are not there. */
export const NO_WEIGHTS = 'There is no model of yours yet: train one, or open a model file.';

/**
 * The outcome of changing a field, made to agree with the visitor's own weights: asked for by
 * name they bring their shape, and another shape leaves them.
 */
export function fitWeights(
  changed: ParsedExperiment,
  path: FieldPath,
  trained: Experiment | null,
): { readonly experiment: Experiment; readonly adjustments: readonly string[] } {
  const { experiment, adjustments } = changed;
  if (weightsOf(experiment) !== 'trained' || fitsWeights(experiment, trained)) return changed;
  if (trained?.problem.family === experiment.problem.family && path === weightsPath(experiment))
    return { experiment: withShapeOf(experiment, trained), adjustments };
  return {
    experiment: withRandomWeights(experiment),
    adjustments: [...adjustments, WEIGHTS_DO_NOT_FIT],
  };
}
