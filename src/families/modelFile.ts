/** Files of weights and of runs: safetensors whose metadata say which set-up they belong to. */
import { BadInputError } from '../data/badInput.ts';
import { decodeSafetensors, encodeSafetensors, type Safetensors } from '../data/safetensors.ts';
import { type Experiment } from '../schema/experiment.ts';
import { parseExperiment } from '../schema/readExperiment.ts';
import * as tf from '../tf/index.ts';
import type { WeightsFiles } from './family.ts';
import { copyOut } from './goldenFile.ts';
import type { FamilyId } from './settings.ts';
import type { TrainedModel } from './training.ts';

/** What a file says about itself, beside its tensors. */
export interface FileHead {
  readonly kind: 'model' | 'checkpoint';
  readonly experiment: Experiment;
  /** Updates its weights have had. */
  readonly step: number;
  /** All of its metadata: what its family needs to read its own is there. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: Safetensors['tensors'];
}

/** Bytes of a file of ours: tensors, and who they are in the metadata. */
export function writeFile({
  kind,
  experiment,
  step,
  metadata,
  tensors,
}: FileHead): Uint8Array<ArrayBuffer> {
  return encodeSafetensors({
    tensors,
    metadata: {
      format: 'pt',
      deq_playground: kind,
      step: String(step),
      experiment: JSON.stringify(experiment),
      ...metadata,
    },
  });
}

/** A file of weights alone, by the names they have. */
export const writeWeights: WeightsFiles['write'] = async (experiment, params) =>
  writeFile({
    ...{ kind: 'model', experiment, step: 0, metadata: {} },
    tensors: await copyOut(params),
  });

/** Reads a file of unknown origin. Throws a BadInputError, in words, when it is not one of ours. */
export function readFile(bytes: Uint8Array): FileHead {
  return refusing(() => {
    const { tensors, metadata } = decodeSafetensors(bytes);
    const { deq_playground: kind, experiment } = metadata;
    if ((kind !== 'model' && kind !== 'checkpoint') || !experiment)
      throw new Error('It was not written by this page: its metadata has no experiment.');
    checkFinite(tensors);
    const parsed: unknown = JSON.parse(experiment);
    return {
      kind,
      experiment: parseExperiment(parsed).experiment,
      step: stepIn(metadata),
      metadata,
      tensors,
    };
  });
}

/** Updates that a file says its weights have had; 0 where it says nothing of use. */
export const stepIn = ({ step }: Safetensors['metadata']): number =>
  Math.max(0, Math.trunc(Number(step ?? 0))) || 0;

/**
 * The set-up of that family that a file of weights says it was made in; undefined where it says none, or says something
 * else by that name: other programs write metadata too.
 */
export function setUpIn(
  { experiment }: Safetensors['metadata'],
  family: FamilyId,
): Experiment | undefined {
  if (experiment === undefined) return undefined;
  try {
    const parsed = parseExperiment(JSON.parse(experiment)).experiment;
    return parsed.problem.family === family ? parsed : undefined;
  } catch {
    // Not JSON.
    return undefined;
  }
}

/** Throws unless a file holds a model: whoever wants one cannot go on from a run. */
export function demandModel({ kind }: FileHead): void {
  if (kind !== 'model')
    throw new Error('It is a checkpoint of a run, not a model. Resume it in the Train view.');
}

/**
 * What `read` makes of the safetensors file of the weights that a set-up asks for. Throws a BadInputError that says that
 * they are not here, or why they cannot be used.
 */
export function openingWeights<T>(
  file: Uint8Array<ArrayBuffer> | undefined,
  read: (content: Safetensors) => T,
): T {
  if (!file)
    throw new BadInputError(
      'The trained weights of this set-up are not here. Choose random weights, or train a network.',
    );
  return refusing(() => {
    if (isZip(file))
      throw new BadInputError(
        'It is a PyTorch checkpoint. Save its state dictionary with safetensors.torch.save_file and open that.',
      );
    return read(decodeSafetensors(file));
  }, 'weights');
}

/** What PyTorch writes by itself is a zip archive. */
const isZip = (file: Uint8Array): boolean => file[0] === 0x50 && file[1] === 0x4b;

/** What `read` returns; what it throws is a BadInputError that says the file cannot be used, and why. */
export function refusing<T>(read: () => T, kind: 'model' | 'weights' = 'model'): T {
  try {
    return read();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BadInputError(`This ${kind} file can’t be used. ${why}`);
  }
}

/** A model that is its weights and writes nothing; takes them over. */
export const weightsAlone = ({
  experiment,
  step,
  params,
}: Pick<TrainedModel, 'experiment' | 'step' | 'params'>): TrainedModel => ({
  ...{ experiment, step, params },
  [Symbol.dispose]: () => {
    tf.dispose(params);
  },
});

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
