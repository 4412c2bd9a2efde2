import type { KernelPath, MeteredProblem } from '../../src/memory/memoryLaw.ts';
import type { ProblemSizes } from '../../src/memory/problemSizes.ts';
import { presetExperiment, type Experiment } from '../../src/schema/experiment.ts';
import type { PresetName } from '../../src/schema/presets.ts';
import { sameLayer } from '../store/engine/prepare.ts';
import recorded from './presetSizes.json';

/**
 * What was metered of a preset when it was recorded: its problem with fused kernels on WebGPU, and with
 * TensorFlow.js's own as logical bytes; of one that trains, a step of that with fused kernels too.
 */
export interface RecordedSizes extends Readonly<Record<KernelPath, ProblemSizes>> {
  readonly training?: ProblemSizes;
}

/**
 * By `scripts/recordSizes.mjs`. For pages that show a preset before an engine has opened it; of a preset that is
 * not here, they say nothing until then.
 */
const sizes: Partial<Readonly<Record<PresetName, RecordedSizes>>> = recorded;

/** A preset's problem as it was recorded; null where it was not. */
export function presetProblem(name: PresetName, kernels: KernelPath): MeteredProblem | null {
  const found = sizes[name];
  return found ? { sizes: found[kernels], kernels } : null;
}

/** A step of a preset's training as it was recorded; null where it was not. */
export function presetTraining(name: PresetName): MeteredProblem | null {
  const training = sizes[name]?.training;
  return training ? { sizes: training, kernels: 'fused' } : null;
}

/** The preset “Memory showdown”, which lessons and the gallery show. */
export const memoryProblem = (kernels: KernelPath): MeteredProblem => ({
  sizes: recorded.memory[kernels],
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
