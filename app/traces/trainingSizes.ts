import type { KernelPath, MeteredProblem } from '../../src/memory/memoryLaw.ts';
import type { PresetName } from '../../src/schema/presets.ts';
import { unpackedSizes, type RecordedSizes } from './packedSizes.ts';
import packed from './trainingSizes.json';

const recorded: Partial<Record<PresetName, RecordedSizes>> = unpackedSizes(packed);

/** A step of a preset's training as it was recorded, as the engine meters it in the Train view; null where it was not. */
export function presetTraining(name: PresetName, kernels: KernelPath): MeteredProblem | null {
  const found = recorded[name];
  return found ? { sizes: found[kernels], kernels } : null;
}
