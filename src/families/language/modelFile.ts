import { BadInputError } from '../../data/badInput.ts';
import { decodeSafetensors, encodeSafetensors, type Safetensors } from '../../data/safetensors.ts';
import { loadTokenizer, saveTokenizer, type Tokenizer } from '../../inputs/text/tokenizer.ts';
import { parseExperiment, type Experiment } from '../../schema/experiment.ts';
import type { Params } from '../../tf/params.ts';
import { languageModel, type LanguageModel } from './languageModel.ts';
import { modelConfig } from './modelConfig.ts';

/** A language model with its weights and its words. Dispose of the weights. */
export interface TrainedModel {
  readonly experiment: Experiment;
  readonly tokenizer: Tokenizer;
  readonly model: LanguageModel;
  readonly params: Params;
  /** Updates the weights have had. */
  readonly step: number;
}

/** What a file says about itself, beside its tensors. */
export interface FileHead {
  readonly kind: 'model' | 'checkpoint';
  readonly experiment: Experiment;
  readonly tokenizer: Tokenizer;
  readonly step: number;
  /** Further entries of its metadata. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: Safetensors['tensors'];
}

/** Bytes of a file of ours: tensors, and who they are in the metadata. */
export function writeFile(
  tensors: Safetensors['tensors'],
  {
    kind,
    experiment,
    tokenizer,
    step,
  }: Pick<FileHead, 'kind' | 'experiment' | 'tokenizer' | 'step'>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  return encodeSafetensors({
    tensors,
    metadata: {
      format: 'pt',
      deq_playground: kind,
      step: String(step),
      experiment: JSON.stringify(experiment),
      tokenizer: saveTokenizer(tokenizer),
      ...metadata,
    },
  });
}

/** Reads a file of unknown origin. Throws a BadInputError, in words, when it is not one of ours. */
export function readFile(bytes: Uint8Array): FileHead {
  try {
    const { tensors, metadata } = decodeSafetensors(bytes);
    const { deq_playground: kind, experiment, tokenizer, step } = metadata;
    if ((kind !== 'model' && kind !== 'checkpoint') || !experiment || !tokenizer)
      throw new Error(
        'It was not written by this page: its metadata has no experiment and no tokenizer.',
      );
    checkFinite(tensors);
    const parsed: unknown = JSON.parse(experiment);
    return {
      kind,
      experiment: parseExperiment(parsed).experiment,
      tokenizer: loadTokenizer(tokenizer),
      step: Math.max(0, Math.trunc(Number(step ?? 0))) || 0,
      metadata,
      tensors,
    };
  } catch (error) {
    throw refused(error);
  }
}

/** What a run carries from step to step, and is made anew where it is of no use. */
const carried = /^(?:deq|twin)\.(?:memory\.[^.]+|previous)$/;

/** Throws where a tensor holds NaN or infinity: with one of them everything computed becomes NaN. */
function checkFinite(tensors: Safetensors['tensors']): void {
  for (const [name, { data }] of Object.entries(tensors)) {
    if (carried.test(name)) continue;
    const first = data.findIndex((value) => !Number.isFinite(value));
    if (first < 0) continue;
    const count = data.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0);
    throw new Error(
      `Its tensor “${name}” holds ${String(data[first])} (${String(count)} of its ${String(data.length)} values are not finite numbers), perhaps from a run that diverged. Choose an earlier state of it.`,
    );
  }
}

/** The model of a `model` file on the current backend. Throws a BadInputError, in words. */
export function openModelFile(head: FileHead): TrainedModel {
  const { kind, experiment, tokenizer, step, tensors } = head;
  try {
    if (kind !== 'model')
      throw new Error('It is a checkpoint of a run, not a model. Resume it in the Train view.');
    const model = languageModel(modelConfig(experiment, tokenizer.size));
    const state = Object.entries(tensors).map(([name, { shape, data }]) => [
      name,
      { shape: [...shape], data },
    ]);
    const params = model.fromTorch(
      Object.fromEntries(state) as Parameters<typeof model.fromTorch>[0],
    );
    return { experiment, tokenizer, model, params, step };
  } catch (error) {
    throw refused(error);
  }
}

/** Bytes of a `model` file: weights by locuslab/deq's names and layouts. */
export async function writeModelFile(trained: TrainedModel): Promise<Uint8Array<ArrayBuffer>> {
  const { model, params, ...rest } = trained;
  return writeFile(await model.toTorch(params), { kind: 'model', ...rest });
}

const refused = (error: unknown): BadInputError => {
  const why = error instanceof Error ? error.message : String(error);
  return new BadInputError(`This model file can’t be used. ${why}`);
};
