import type { KernelPath, MeteredProblem } from '../../src/memory/memoryLaw.ts';
import type { ProblemSizes } from '../../src/memory/problemSizes.ts';
import { presetExperiment, type Experiment } from '../../src/schema/experiment.ts';
import type { PresetName } from '../../src/schema/presets.ts';
import { sameLayer } from '../store/engine/sameWork.ts';
import packed from './presetSizes.json';

/**
 * What was metered of a preset when it was recorded: its problem with fused kernels on WebGPU, and with
 * TensorFlow.js's own as logical bytes; of one that trains, a step of that with fused kernels too.
 */
export interface RecordedSizes extends Readonly<Record<KernelPath, ProblemSizes>> {
  readonly training?: ProblemSizes;
}

/**
 * By `scripts/recordSizes.mjs`, which writes each set of sizes once, as numbers in the order of `fields`. For pages that show a preset before an engine has opened it; of a preset that is
 * not here, they say nothing until then.
 */
export const recordedSizes = Object.fromEntries(
  Object.entries(packed.presets).map(([name, sets]) => {
    const [fused, stock, training] = sets.map(unpacked);
    return [name, { fused, stock, ...(training ? { training } : {}) }];
  }),
) as unknown as Partial<Record<PresetName, RecordedSizes>> &
  Record<'memory' | 'char-transformer', RecordedSizes>;

/** Sizes, and sizes within them. */
interface Named {
  [name: string]: number | Named;
}

/** The set of sizes with that number; null stands for those that a problem has none of, a dot for sizes within sizes. */
function unpacked(at: number): Named {
  const sizes: Named = {};
  for (const [i, size] of packed.sets[at]?.entries() ?? []) {
    if (size === null) continue;
    const path = packed.fields[i]?.split('.') ?? [];
    const last = path.pop() ?? '';
    let within = sizes;
    for (const name of path) within = (within[name] ??= {}) as Named;
    within[last] = size;
  }
  return sizes;
}

/** A preset's problem as it was recorded; null where it was not. */
export function presetProblem(name: PresetName, kernels: KernelPath): MeteredProblem | null {
  const found = recordedSizes[name];
  return found ? { sizes: found[kernels], kernels } : null;
}

/** A step of a preset's training as it was recorded; null where it was not. */
export function presetTraining(name: PresetName): MeteredProblem | null {
  const training = recordedSizes[name]?.training;
  return training ? { sizes: training, kernels: 'fused' } : null;
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
