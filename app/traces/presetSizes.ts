import type { KernelPath, MeteredProblem } from '../../src/memory/memoryLaw.ts';
import { presetExperiment, type Experiment } from '../../src/schema/experiment.ts';
import type { PresetName } from '../../src/schema/presets.ts';
import { sameLayer } from '../store/engine/sameWork.ts';
import { unpackedSizes, type RecordedSizes } from './packedSizes.ts';
import packed from './presetSizes.json';

/**
 * What was metered of a preset's problem when it was recorded. For pages that show a preset before an engine has opened it; of a preset that is
 * not here, they say nothing until then.
 */
export const recordedSizes = unpackedSizes(packed) as Partial<Record<PresetName, RecordedSizes>> &
  Record<'memory' | 'char-transformer', RecordedSizes>;

/** A preset's problem as it was recorded; null where it was not. */
export function presetProblem(name: PresetName, kernels: KernelPath): MeteredProblem | null {
  const found = recordedSizes[name];
  return found ? { sizes: found[kernels], kernels } : null;
}

/** The preset “Memory showdown”, which lessons and the gallery show. */
export const memoryProblem = (kernels: KernelPath): MeteredProblem => ({
  sizes: recordedSizes.memory[kernels],
  kernels,
});

/** The recorded problem of a set-up; null where it is no longer its preset's. */
export const recordedProblem = (
  experiment: Experiment,
  kernels: KernelPath,
): MeteredProblem | null =>
  sameLayer(experiment, presetExperiment(experiment.preset))
    ? presetProblem(experiment.preset, kernels)
    : null;
