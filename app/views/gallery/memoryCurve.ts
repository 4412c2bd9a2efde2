import { presetExperiment } from '../../../src/schema/experiment.ts';
import {
  predictMemory,
  type KernelPath,
  type MemoryVariant,
} from '../../../src/memory/memoryLaw.ts';
import type { PresetName } from '../../../src/schema/presets.ts';
import type { GalleryTrace, RecordedCurve } from '../../traces/galleryTrace.ts';
import { presetProblem } from '../../traces/presetSizes.ts';
import { cards } from './cards.ts';

const variants: Readonly<Record<string, MemoryVariant>> = {
  DEQ: 'deq',
  unrolled: 'unrolled',
  checkpointed: 'checkpointed',
};

/** Layers from one value of a curve to the next. */
const EVERY = 4;

/**
 * Predicted peak of a training step of a preset by depth, MB: one of the card's runs. The same law at the
 * same depths as in the memory card and the lesson, with the sizes that were metered when it was recorded.
 */
export function memoryCurve(
  preset: PresetName,
  label: string,
  kernels: KernelPath,
): Pick<RecordedCurve, 'status' | 'every' | 'values'> {
  const experiment = presetExperiment(preset);
  const problem = presetProblem(preset, kernels);
  const variant = variants[label] ?? 'deq';
  const length = problem ? experiment.memory.depth / EVERY : 0;
  const values = Array.from({ length }, (_, at) => {
    if (!problem) return 0;
    const { peak } = predictMemory(experiment, variant, EVERY * (at + 1), problem);
    return Number((peak / 1e6).toPrecision(3));
  });
  return { status: 'predicted', every: EVERY, values };
}

/** The recordings, with what is predicted of memory for the kernels in use here. */
export function withMemory(trace: GalleryTrace, kernels: KernelPath): GalleryTrace {
  const entries = Object.entries(trace).map(([name, curves]) => {
    const preset = name as PresetName;
    return cards[preset].quantity === 'memory'
      ? [name, curves.map((curve) => ({ ...curve, ...memoryCurve(preset, curve.label, kernels) }))]
      : [name, curves];
  });
  return Object.fromEntries(entries) as GalleryTrace;
}
